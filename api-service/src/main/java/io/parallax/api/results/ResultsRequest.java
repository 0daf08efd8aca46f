package io.parallax.api.results;

import io.parallax.api.problems.Faults;
import io.parallax.api.requests.QueryParameters;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.outcome.rows.KindName;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are asked for.
 *
 * @param kinds of these kinds
 * @param columns only rows of kind {@code value} in which one of these columns differs; empty for all rows
 * @param limit at most so many
 * @param order in this order
 * @param after those that come after this place
 * @param format in this format; null for whatever the header {@code Accept} says
 */
record ResultsRequest(
        Set<Kind> kinds,
        List<String> columns,
        int limit,
        RowOrder order,
        Position after,
        @Nullable ResultsFormat format) {
    static final int MAX_LIMIT = 1000;
    static final int DEFAULT_LIMIT = 100;
    private static final Set<String> KNOWN = Set.of("kind", "column", "limit", "order", "cursor", "format");

    ResultsRequest {
        kinds = Set.copyOf(kinds);
        columns = List.copyOf(columns);
    }

    /**
     * The rows of a diff that these query parameters ask for.
     *
     * @param compared the diff's compared columns; null while it is not known which they are
     * @throws io.parallax.api.problems.InvalidRequestException with everything that is wrong
     */
    static ResultsRequest of(MultivaluedMap<String, String> query, long diff, @Nullable List<String> compared) {
        Faults faults = new Faults();
        QueryParameters parameters = new QueryParameters(query, KNOWN, faults);
        RowOrder order = Objects.requireNonNullElse(
                parameters.word("order", RowOrder::of, words(RowOrder.values(), RowOrder::word)), RowOrder.HASH);
        ResultsRequest request = new ResultsRequest(
                kinds(parameters),
                columns(parameters, compared),
                parameters.number("limit", DEFAULT_LIMIT, MAX_LIMIT),
                order,
                after(parameters, diff, order),
                parameters.word("format", ResultsFormat::of, words(ResultsFormat.values(), ResultsFormat::word)));
        faults.refuse();
        return request;
    }

    private static <T> List<String> words(T[] all, Function<T, String> word) {
        return Arrays.stream(all).map(word).toList();
    }

    private static Set<Kind> kinds(QueryParameters parameters) {
        if (parameters.texts("kind").isEmpty()) {
            return EnumSet.allOf(Kind.class);
        }
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        parameters.texts("kind").stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .forEach(word -> KindName.kind(word).ifPresentOrElse(kinds::add, () -> unknownKind(parameters)));
        return kinds;
    }

    private static void unknownKind(QueryParameters parameters) {
        String all = Arrays.stream(Kind.values()).map(KindName::of).collect(Collectors.joining(", "));
        parameters.fault("kind", "Must be one or more of " + all + ".", "enum");
    }

    private static List<String> columns(QueryParameters parameters, @Nullable List<String> compared) {
        List<String> columns = parameters.texts("column");
        columns.stream()
                .filter(column -> compared != null && !compared.contains(column))
                .forEach(column -> parameters.fault(
                        "column", "The diff compares no column of the name " + column + ".", "unknown"));
        return columns;
    }

    private static Position after(QueryParameters parameters, long diff, RowOrder order) {
        String cursor = parameters.text("cursor");
        if (cursor == null) {
            return Position.START;
        }
        Optional<Position> position = Position.of(cursor, diff, order);
        if (position.isEmpty()) {
            parameters.fault("cursor", "Is no next_cursor of this diff's results in this order.", "cursor");
        }
        return position.orElse(Position.START);
    }
}
