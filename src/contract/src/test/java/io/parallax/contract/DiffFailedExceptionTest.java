package io.parallax.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiffFailedExceptionTest {
    @Test
    void otherWordsChangeNothingElse() {
        DiffFailedException lost = DiffFailedException.losingPlan(ErrorType.SOURCE_UNREACHABLE, "It is gone.", null);

        DiffFailedException told = lost.saying("Side A: It is gone.");

        assertThat(told.failure()).isEqualTo(new Failure(ErrorType.SOURCE_UNREACHABLE, "Side A: It is gone."));
        assertThat(told.losesPlan()).isTrue();
        assertThat(told).hasCause(lost);
        assertThat(new DiffFailedException(ErrorType.TIMEOUT, "Too slow.")
                        .saying("Slow.")
                        .losesPlan())
                .isFalse();
    }
}
