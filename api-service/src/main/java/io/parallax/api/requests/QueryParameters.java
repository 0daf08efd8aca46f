package io.parallax.api.requests;

import io.parallax.api.problems.Fault;
import io.parallax.api.problems.Faults;
import io.parallax.outcome.answer.Timestamps;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a query and notes what is wrong with them, so that reading goes on. */
public final class QueryParameters {
    private static final Pattern SHORT_WHOLE = Pattern.compile("[0-9]{1,9}");

    private final MultivaluedMap<String, String> query;
    private final Faults faults;

    /** Those of this query; others than the known ones are a fault. */
    public QueryParameters(MultivaluedMap<String, String> query, Set<String> known, Faults faults) {
        this.query = query;
        this.faults = faults;
        query.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> fault(
                        name,
                        known.isEmpty()
                                ? "There are no parameters here."
                                : "There is no such parameter; there are " + String.join(", ", new TreeSet<>(known))
                                        + ".",
                        "unknown"));
    }

    /** What one of these words stands for; null when it is not given, or is none of them. */
    public <T> @Nullable T word(String name, Function<String, Optional<T>> meaning, List<String> words) {
        String text = text(name);
        Optional<T> known = text == null ? Optional.empty() : meaning.apply(text);
        if (text != null && known.isEmpty()) {
            fault(name, "Must be one of " + String.join(", ", words) + ".", "enum");
        }
        return known.orElse(null);
    }

    /** A whole number from 1; the other one when it is not given, or wrong. */
    public int number(String name, int otherwise, int most) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        int number = SHORT_WHOLE.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            fault(name, "Must be a whole number between 1 and " + most + ".", "out_of_range");
            return otherwise;
        }
        return number;
    }

    /** The time in this part of a parameter; null when it is none. */
    public @Nullable OffsetDateTime time(String name, String text) {
        Optional<OffsetDateTime> time = Timestamps.parse(text);
        if (time.isEmpty()) {
            fault(name, FieldReader.NO_TIME, "datetime_parsing");
        }
        return time.orElse(null);
    }

    /** A parameter that may not be repeated; null when it is not given. */
    public @Nullable String text(String name) {
        if (texts(name).size() > 1) {
            fault(name, "Give it once.", "repeated");
        }
        return query.getFirst(name);
    }

    /** All values of a parameter that may be repeated. */
    public List<String> texts(String name) {
        return query.getOrDefault(name, List.of());
    }

    public void fault(String name, String msg, String type) {
        faults.add(new Fault(List.of("query", name), msg, type));
    }
}
