package io.parallax.api.datadiffs.list;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.parallax.api.datadiffs.request.Algorithm;
import io.parallax.api.datadiffs.request.DiffRequest;
import io.parallax.outcome.DiffResult;
import io.parallax.outcome.DiffStatus;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of a diff that is one value, by which lists can be filtered and ordered.
 *
 * @param name as the API calls it
 * @param sql reads it from a row of diffs
 * @param words the only ones there are; empty where there may be others
 * @param where what holds wherever it is not null, as an index has it; null for nothing of that kind
 */
public record DiffField(String name, Kind kind, String sql, List<String> words, @Nullable String where) {
    /** What its values look like. */
    public enum Kind {
        WHOLE("bigint"),
        NUMBER("numeric"),
        FLAG("boolean"),
        TIME("timestamptz"),
        TEXT("text");

        private final String sql;

        Kind(String sql) {
            this.sql = sql;
        }

        /** The name of their type in the store. */
        public String sql() {
            return sql;
        }
    }

    private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    /** What may be any value, or a list, is told by its text. */
    private static final Map<Class<?>, Kind> KINDS = Map.ofEntries(
            Map.entry(long.class, Kind.WHOLE),
            Map.entry(Long.class, Kind.WHOLE),
            Map.entry(Integer.class, Kind.WHOLE),
            Map.entry(Double.class, Kind.NUMBER),
            Map.entry(BigDecimal.class, Kind.NUMBER),
            Map.entry(boolean.class, Kind.FLAG),
            Map.entry(Boolean.class, Kind.FLAG),
            Map.entry(String.class, Kind.TEXT),
            Map.entry(Object.class, Kind.TEXT));

    private static final Set<String> TIMES = Set.of("time_interval_start", "time_interval_end");

    /** The function is in the store, as is an index of it. */
    private static final String RESULT = "diff_result(status, comparison, tally, sample, partial)";

    /** By their names, those with columns of their own first. */
    public static final Map<String, DiffField> ALL = all();

    public DiffField {
        words = List.copyOf(words);
    }

    private DiffField(String name, Kind kind, String sql, List<String> words) {
        this(name, kind, sql, words, null);
    }

    private static DiffField column(String name, Kind kind) {
        return new DiffField(name, kind, name, List.of());
    }

    private static Map<String, DiffField> all() {
        Map<String, DiffField> all = Stream.concat(ofDiffs(), ofRequests())
                .collect(Collectors.toMap(
                        DiffField::name, Function.identity(), (own, asked) -> own, LinkedHashMap::new));
        return Collections.unmodifiableMap(all);
    }

    private static Stream<DiffField> ofDiffs() {
        return Stream.of(
                column("id", Kind.WHOLE),
                column("created_at", Kind.TIME),
                column("updated_at", Kind.TIME),
                column("finished_at", Kind.TIME),
                new DiffField("status", Kind.TEXT, "status", words(DiffStatus.values(), DiffStatus::word)),
                column("user_id", Kind.WHOLE),
                column("data_source1_id", Kind.WHOLE),
                column("data_source2_id", Kind.WHOLE),
                new DiffField("materialization_destination_id", Kind.WHOLE, "destination_id", List.of()),
                column("archived", Kind.FLAG),
                column("purged", Kind.FLAG),
                new DiffField("done", Kind.FLAG, "(status in ('done', 'failed', 'cancelled'))", List.of()),
                new DiffField(
                        "result",
                        Kind.TEXT,
                        RESULT,
                        words(DiffResult.values(), DiffResult::word),
                        "status in ('done', 'failed')"),
                new DiffField(
                        "kind",
                        Kind.TEXT,
                        "case when data_source1_id = data_source2_id then 'in_db' else 'cross_db' end",
                        List.of("in_db", "cross_db")),
                new DiffField("runtime", Kind.NUMBER, "extract(epoch from finished_at - created_at)", List.of()),
                new DiffField("algorithm", Kind.TEXT, Algorithm.SQL, Algorithm.ANSWERS),
                new DiffField("strategy", Kind.TEXT, "algorithm", List.of()),
                new DiffField("source", Kind.TEXT, "'api'::text", List.of("api")));
    }

    private static <T> List<String> words(T[] values, Function<T, String> word) {
        return Arrays.stream(values).map(word).toList();
    }

    private static Stream<DiffField> ofRequests() {
        return DiffRequest.fields()
                .filter(component -> KINDS.containsKey(component.getType()))
                .map(DiffField::ofRequest);
    }

    private static DiffField ofRequest(RecordComponent component) {
        String name = SNAKE_CASE.translate(component.getName());
        Kind kind = TIMES.contains(name) ? Kind.TIME : KINDS.getOrDefault(component.getType(), Kind.TEXT);
        return component.getType() == boolean.class
                ? new DiffField(name, kind, "coalesce(" + read(name, kind, "true") + ", false)", List.of())
                : new DiffField(name, kind, read(name, kind, ""), List.of());
    }

    /**
     * Reads a stored request only where the field is written in it, with a value that begins like that: what is left out of it is null
     * or false, and to read each one would take long where there are many.
     */
    private static String read(String name, Kind kind, String beginning) {
        return "case when strpos(request, '\"" + name + "\":" + beginning + "') > 0 then (request::jsonb ->> '" + name
                + "')::" + kind.sql() + " end";
    }
}
