package io.parallax.outcome.next;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static Failure failure(ErrorType type) {
        return new Failure(type, "It went wrong.");
    }

    @Test
    void triesAgainWithALongerPauseEachTime() {
        assertThat(Verdict.on(failure(ErrorType.TIMEOUT), 1, 3, PAUSE)).isEqualTo(new Verdict.TryAgain(PAUSE));
        assertThat(Verdict.on(failure(ErrorType.SOURCE_UNREACHABLE), 2, 3, PAUSE))
                .isEqualTo(new Verdict.TryAgain(Duration.ofSeconds(2)));
        assertThat(Verdict.on(failure(ErrorType.SOURCE_UNREACHABLE), 4, 5, PAUSE))
                .isEqualTo(new Verdict.TryAgain(Duration.ofSeconds(8)));
    }

    @Test
    void givesUpWithTheLastFailure() {
        Failure failure = failure(ErrorType.TIMEOUT);
        assertThat(Verdict.on(failure, 3, 3, PAUSE)).isEqualTo(new Verdict.GiveUp(failure));
    }

    @Test
    void givesUpAtOnceOnWhatDoesNotPass() {
        Failure failure = failure(ErrorType.SOURCE_AUTHENTICATION);
        assertThat(Verdict.on(failure, 1, 3, PAUSE)).isEqualTo(new Verdict.GiveUp(failure));
    }

    @Test
    void workHandedBackIsNotACancelledDiff() {
        assertThat(Verdict.on(failure(ErrorType.CANCELLED), 1, 3, PAUSE)).isEqualTo(new Verdict.TryAgain(PAUSE));
        assertThat(Verdict.on(failure(ErrorType.CANCELLED), 3, 3, PAUSE))
                .isInstanceOfSatisfying(
                        Verdict.GiveUp.class,
                        verdict -> assertThat(verdict.failure().type()).isEqualTo(ErrorType.WORKER_LOST));
    }

    @Test
    void aLostPlanIsMadeAgainSoOften() {
        Failure failure = failure(ErrorType.SOURCE_UNREACHABLE);
        assertThat(Verdict.onLostPlan(failure, 2, 3)).isEqualTo(new Verdict.Replan());
        assertThat(Verdict.onLostPlan(failure, 3, 3)).isEqualTo(new Verdict.GiveUp(failure));
    }
}
