package io.parallax.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.outcome.answer.DiffStats;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final SchemaComparison SAME_SCHEMA =
            new SchemaComparison(Sides.of(3, 3), Sides.ZERO, List.of(), 0, List.of(), List.of());

    private static Outcome outcome(SchemaComparison schema, Tally tally) {
        return new Outcome(new PlanSummary(schema, List.of("id"), List.of("x", "y")), tally, null, null);
    }

    private static Tally tally(Sides nulls, Sides dupes, Sides exclusives, long differing, List<Long> perColumn) {
        return new Tally(Sides.of(100, 100), nulls, dupes, Sides.of(90, 90), exclusives, 80, differing, perColumn);
    }

    private static Tally differing(Sides exclusives, long rows, long x, long y) {
        return tally(Sides.ZERO, Sides.ZERO, exclusives, rows, List.of(x, y));
    }

    @Test
    void theWorstComesFirst() {
        assertThat(outcome(SAME_SCHEMA, Tally.zero(2)).result()).isEqualTo(DiffResult.EMPTY);
        assertThat(outcome(SAME_SCHEMA, differing(Sides.ZERO, 0, 0, 0)).result())
                .isEqualTo(DiffResult.IDENTICAL);
        assertThat(outcome(SAME_SCHEMA, differing(Sides.of(0, 1), 0, 0, 0)).result())
                .isEqualTo(DiffResult.MISSING_PKS);
        assertThat(outcome(SAME_SCHEMA, differing(Sides.of(0, 1), 1, 1, 0)).result())
                .isEqualTo(DiffResult.DIFFERENT);
        assertThat(outcome(SAME_SCHEMA, tally(Sides.of(1, 0), Sides.ZERO, Sides.of(1, 0), 1, List.of(1L, 0L)))
                        .result())
                .isEqualTo(DiffResult.BAD_PKS);
        assertThat(outcome(SAME_SCHEMA, tally(Sides.ZERO, Sides.of(0, 2), Sides.ZERO, 0, List.of(0L, 0L)))
                        .result())
                .isEqualTo(DiffResult.BAD_PKS);
    }

    @Test
    void columnsWithoutAPartnerAreADifference() {
        SchemaComparison schema =
                new SchemaComparison(Sides.of(4, 3), Sides.of(1, 0), List.of(), 0, List.of("z"), List.of());
        Outcome outcome = outcome(schema, differing(Sides.ZERO, 0, 0, 0));
        assertThat(outcome.result()).isEqualTo(DiffResult.DIFFERENT);
        assertThat(outcome.resultStatuses())
                .containsEntry("schema", DiffResult.DIFFERENT)
                .containsEntry("pks", DiffResult.IDENTICAL)
                .containsEntry("values", DiffResult.IDENTICAL);
    }

    @Test
    void matchIsAPercentageAndHundredOfNothing() {
        Outcome outcome = outcome(SAME_SCHEMA, differing(Sides.ZERO, 20, 20, 0));
        assertThat(outcome.match(0)).isEqualTo(75.0);
        assertThat(outcome.match(1)).isEqualTo(100.0);
        assertThat(outcome(SAME_SCHEMA, Tally.zero(2)).match(0)).isEqualTo(100.0);
        assertThat(outcome.affectedColumns()).containsExactly("x");
    }

    @Test
    void statsFollowTheirFormulas() {
        // Given 100 rows of 4 and of 3 columns; 30 values of 20 rows differ; 5 keys are exclusive; A has a column more
        SchemaComparison schema =
                new SchemaComparison(Sides.of(4, 3), Sides.of(1, 0), List.of(), 0, List.of("z"), List.of());
        Outcome outcome = outcome(schema, tally(Sides.of(4, 0), Sides.of(0, 6), Sides.of(2, 3), 20, List.of(20L, 10L)));

        // When
        DiffStats stats = DiffStats.of(outcome);

        // Then total = 100*4 + 100*3 and bad = 2*30 + 5*3 + 1*100
        assertThat(stats.matchRatio()).isCloseTo((700.0 - 175.0) / 700.0, within(1e-12));
        assertThat(stats.diffPks()).isCloseTo(5.0 / 93, within(1e-12));
        assertThat(stats.diffRows()).isEqualTo(0.25);
        assertThat(stats.diffValues()).isEqualTo(30.0 / 160);
        assertThat(stats.diffSchema()).isEqualTo(1.0 / 7);
        assertThat(stats.diffNullPks()).isEqualTo(0.02);
        assertThat(stats.diffDuplicatePks()).isEqualTo(0.03);
        assertThat(stats.diffRowsCount()).isEqualTo(20);
        assertThat(stats.rowsAdded()).isEqualTo(3);
        assertThat(stats.rowsRemoved()).isEqualTo(2);
        assertThat(stats.tableARowCount()).isEqualTo(100);
    }

    @Test
    void nothingAtAllMatchesWhollyAndDividesByNothing() {
        DiffStats stats = DiffStats.of(outcome(SAME_SCHEMA, Tally.zero(2)));
        assertThat(stats.matchRatio()).isEqualTo(1.0);
        assertThat(stats.diffPks()).isZero();
        assertThat(stats.diffRows()).isZero();
    }
}
