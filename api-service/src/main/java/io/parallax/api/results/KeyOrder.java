package io.parallax.api.results;

import io.parallax.outcome.PlanSummary;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The order of keys as SQL of the store: column by column, numbers by value (NaN last, as the store has it), days and times by
 * time, false before true, all else by code points of what is shown. NULL comes last. Where a diff is too old to know its types,
 * JSON's numbers are numbers and all else is text.
 *
 * <p>Of each column three expressions that are never NULL: of which class the value is, its number, and its text.
 */
final class KeyOrder {
    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float8");
    private static final Set<String> TIMES = Set.of("date", "timestamp", "timestamptz");

    /** What can be cast; a number that is too long to be shown whole cannot. */
    private static final String IS_NUMBER = "%1$s ~ '^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$'";

    /** ISO 8601 has signs before years that are negative or have more than four digits. */
    private static final String IS_TIME = "%1$s ~ '^[+-]?[0-9]+-[0-9]{2}-[0-9]{2}'";

    private static final String NUMBER =
            "case when %1$s is null then 9 when " + IS_NUMBER + " then 2 when %1$s = '-Infinity' then 1"
                    + " when %1$s = 'Infinity' then 3 when %1$s = 'NaN' then 4 else 5 end,"
                    + " case when " + IS_NUMBER + " then %1$s::numeric else 0 end,"
                    + " case when " + IS_NUMBER + " then '' else coalesce(%1$s, '') end collate \"C\"";

    private static final String TIME =
            "case when %1$s is null then 9 when %1$s = '-infinity' then 1 when %1$s = 'infinity' then 3 else 2 end,"
                    + " case when " + IS_TIME + " then substring(%1$s from '^[+-]?[0-9]+')::numeric else 0 end,"
                    + " coalesce(rtrim(substring(%1$s from '-[0-9]{2}-[0-9]{2}.*$'), 'Z'), '') collate \"C\"";

    private static final String TEXT =
            "case when %1$s is null then 9 else 2 end, 0::numeric, coalesce(%1$s, '') collate \"C\"";

    private static final String UNKNOWN =
            "case when %1$s is null then 9 when jsonb_typeof(%2$s) = 'number' then 2 else 3 end,"
                    + " case when jsonb_typeof(%2$s) = 'number' then %1$s::numeric else 0 end,"
                    + " case when jsonb_typeof(%2$s) = 'number' then '' else coalesce(%1$s, '') end collate \"C\"";

    private final List<String> names;
    private final String columns;

    private KeyOrder(List<String> names, String columns) {
        this.names = names;
        this.columns = columns;
    }

    /** Of this key, whose columns' names are parameters from this number on. */
    static KeyOrder of(PlanSummary summary, int parameter) {
        List<String> types = summary.types();
        List<String> names = summary.key();
        return new KeyOrder(
                names,
                IntStream.range(0, names.size())
                        .mapToObj(part -> column(types == null ? null : types.get(part), parameter + part))
                        .collect(Collectors.joining(", ")));
    }

    private static String column(@Nullable String type, int parameter) {
        String json = "(k.j -> $" + parameter + "::text)";
        String text = "(k.j ->> $" + parameter + "::text)";
        String form = type == null ? UNKNOWN : NUMBERS.contains(type) ? NUMBER : TIMES.contains(type) ? TIME : TEXT;
        return form.formatted(text, json);
    }

    /** The parameters. */
    Stream<String> names() {
        return names.stream();
    }

    /** What rows {@code r} are ordered by, with {@link #KEY} beside them. */
    String terms() {
        return columns + ", r.kind, r.rank, r.id";
    }

    /** A row's key. */
    static final String KEY = " cross join lateral (select r.key::jsonb as j) k";
}
