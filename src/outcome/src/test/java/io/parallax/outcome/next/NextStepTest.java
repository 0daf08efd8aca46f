package io.parallax.outcome.next;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.outcome.PartialCoverage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextStepTest {
    private static final Undone NOTHING = new Undone(0, null);
    private static final EarlyStopLimits TEN_ROWS = new EarlyStopLimits(10L, null, null);

    private static Course course(Course.Asked asked, Course.Phase phase) {
        return new Course(asked, phase);
    }

    private static Course.Asked asked(@Nullable Integer recheckAfter, boolean publishes) {
        return new Course.Asked(recheckAfter, publishes, null);
    }

    private static Course.Phase phase(boolean keysOnly, boolean publishing, boolean rechecking) {
        return new Course.Phase(4, keysOnly, false, publishing, rechecking);
    }

    private static NextStep step(Course course, Undone left) {
        return NextStep.of(course, left, null);
    }

    private static CountedSoFar counted(long differing, long done, long tasks) {
        Tally tally = new Tally(
                Sides.of(100, 100), Sides.ZERO, Sides.ZERO, Sides.of(100, 100), Sides.ZERO, 100, differing, List.of());
        return new CountedSoFar(tally, 0, done, tasks);
    }

    private static Course limited() {
        return course(new Course.Asked(null, false, TEN_ROWS), phase(false, false, false));
    }

    @Test
    void aDiffThatAsksForNothingMoreIsDoneWithItsLastTask() {
        assertThat(step(Course.PLAIN, NOTHING)).isEqualTo(new NextStep.Finish());
    }

    @ParameterizedTest
    @CsvSource({"4, 4, 0", "4, 3, 2", "4, 1, 7", "100, 95, 0", "100, 10, 9", "30, 2, 9"})
    void goesOnWhileTasksAreLeft(int tasks, long left, int tenths) {
        Course.Phase phase = new Course.Phase(tasks, false, false, false, false);
        assertThat(step(course(asked(null, false), phase), new Undone(left, null)))
                .isEqualTo(new NextStep.GoOn(tenths));
    }

    @Test
    void nobodyHearsOfProgressWhereTasksAreNotCounted() {
        assertThat(step(Course.PLAIN, new Undone(1, null))).isEqualTo(new NextStep.GoOn(0));
    }

    @Test
    void tasksThatAreLeftComeBeforeAllElse() {
        Course all = course(asked(60, true), phase(true, false, false));
        assertThat(step(all, new Undone(3, null))).isInstanceOf(NextStep.GoOn.class);
    }

    @Test
    void aResidueIsLookedIntoBeforeTheKeysCountAsCounted() {
        Course all = course(asked(60, true), phase(true, false, false));
        assertThat(step(all, new Undone(0, 1))).isEqualTo(new NextStep.LookDeeper(1));
    }

    @Test
    void valuesAreCountedBeforeAnythingIsPublished() {
        Course all = course(asked(60, true), phase(true, false, false));
        assertThat(step(all, NOTHING)).isEqualTo(new NextStep.CountValues());
    }

    @Test
    void tablesAreMadeOnceAndBeforeKeysAreReadAgain() {
        assertThat(step(course(asked(60, true), phase(false, false, false)), NOTHING))
                .isEqualTo(new NextStep.Publish());
        assertThat(step(course(asked(60, true), phase(false, true, false)), NOTHING))
                .isEqualTo(new NextStep.ReadAgain());
        assertThat(step(course(asked(null, true), phase(false, true, false)), NOTHING))
                .isEqualTo(new NextStep.Finish());
    }

    @Test
    void keysAreReadAgainOnce() {
        assertThat(step(course(asked(60, false), phase(false, false, false)), NOTHING))
                .isEqualTo(new NextStep.ReadAgain());
        assertThat(step(course(asked(60, false), phase(false, false, true)), NOTHING))
                .isEqualTo(new NextStep.Finish());
    }

    @Test
    void aNewPlanBeginsWithNothingOfTheOldOne() {
        Course over = course(asked(60, true), phase(true, true, true)).unplanned();
        assertThat(over).isEqualTo(course(asked(60, true), Course.Phase.UNPLANNED));
        assertThat(step(over.planned(false, false), NOTHING)).isEqualTo(new NextStep.Publish());
    }

    @Test
    void stopsWhenALimitIsReachedWithTasksLeft() {
        assertThat(NextStep.of(limited(), new Undone(3, null), counted(10, 1, 4)))
                .isEqualTo(new NextStep.StopEarly(new PartialCoverage("diff_threshold", 1, 4)));
    }

    @Test
    void aLimitInsideALaterStageStopsBeforeItsResidueIsLookedInto() {
        assertThat(NextStep.of(limited(), new Undone(0, 1), counted(10, 3, 4))).isInstanceOf(NextStep.StopEarly.class);
    }

    @Test
    void aLimitReachedByTheLastTaskIsNoEarlyStop() {
        assertThat(NextStep.of(limited(), NOTHING, counted(10, 4, 4))).isEqualTo(new NextStep.Finish());
    }

    @Test
    void goesOnBelowTheLimitAndWhereNobodyHasCounted() {
        assertThat(NextStep.of(limited(), new Undone(3, null), counted(9, 1, 4)))
                .isInstanceOf(NextStep.GoOn.class);
        assertThat(NextStep.of(limited(), new Undone(3, null), null)).isInstanceOf(NextStep.GoOn.class);
    }
}
