package io.parallax.endtoend.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.oracle.draw.Dice;
import io.parallax.oracle.draw.PairGenerator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class CombinationDrawTest {
    private static final List<List<Long>> SOURCES = List.of(List.of(1L, 2L), List.of(3L, 4L));
    private static final List<Combination> COMBINATIONS =
            LongStream.range(0, 400).mapToObj(CombinationDrawTest::drawn).toList();

    private static Combination drawn(long seed) {
        return new CombinationDraw(new Dice(seed), PairGenerator.draw(seed / 2), Map.of()).draw(SOURCES);
    }

    @Test
    void drawsTheSameFromTheSameSeed() {
        assertThat(drawn(77).body()).isEqualTo(COMBINATIONS.get(77).body());
    }

    @Test
    void drawsEveryFieldThatChangesWhatIsCompared() {
        Set<String> fields = COMBINATIONS.stream()
                .flatMap(combination ->
                        StreamSupport.stream(((Iterable<String>) combination.body()::fieldNames).spliterator(), false))
                .collect(Collectors.toSet());
        assertThat(fields)
                .contains(
                        "data_source1_id",
                        "data_source2_id",
                        "table1",
                        "table2",
                        "query1",
                        "query2",
                        "filter1",
                        "filter2",
                        "pk_columns",
                        "infer_pk",
                        "infer_pk_avoid_names",
                        "include_columns",
                        "exclude_columns",
                        "columns_to_compare",
                        "column_mapping",
                        "time_column",
                        "time_interval_start",
                        "time_interval_end",
                        "time_aggregate",
                        "diff_tolerances_per_column",
                        "diff_tolerance",
                        "tolerance_mode",
                        "datetime_tolerance",
                        "table_modifiers",
                        "sort_array_columns",
                        "compare_duplicates",
                        "sampling_tolerance",
                        "sampling_confidence",
                        "sampling_ratio",
                        "sampling_max_rows",
                        "sampling_threshold",
                        "diff_threshold",
                        "per_column_diff_limit",
                        "download_limit",
                        "algorithm",
                        "bisection_factor",
                        "bisection_threshold",
                        "data_source1_session_parameters",
                        "data_source2_session_parameters",
                        "snapshot",
                        "recheck",
                        "tags",
                        "archived");
    }

    @Test
    void drawsCombinationsOfThem() {
        assertDrawn(asked -> asked.key().size() > 1 && asked.body().has("query1"));
        assertDrawn(asked -> asked.a().filter() != null && asked.sample() != null);
        assertDrawn(asked -> asked.wishes().clip() != null && asked.wishes().times() != null);
        assertDrawn(asked -> asked.wishes().times() != null && asked.body().has("diff_tolerance"));
        assertDrawn(asked ->
                asked.key().stream().anyMatch(name -> asked.wishes().mapping().containsKey(name)));
        assertDrawn(asked ->
                !asked.body().path("data_source1_id").equals(asked.body().path("data_source2_id"))
                        && asked.body().has("recheck"));
    }

    private static void assertDrawn(Predicate<Combination> combination) {
        assertThat(COMBINATIONS).anyMatch(combination);
    }
}
