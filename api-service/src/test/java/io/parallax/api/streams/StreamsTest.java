package io.parallax.api.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.api.problems.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private final Streams streams = new Streams(new One());

    private static final class One implements StreamSettings {
        @Override
        public int scripts() {
            return 1;
        }

        @Override
        public int listeners() {
            return 1;
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration signOfLife() {
            return Duration.ofSeconds(1);
        }
    }

    private void assertFull() {
        assertThatThrownBy(streams::requirePlaceForListener)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.status()).isEqualTo(429));
    }

    private Cancellable listening(Multi<Integer> heard) {
        return streams.listener(heard).subscribe().with(item -> {}, failure -> {});
    }

    @Test
    void thereAreSoManyPlaces() {
        streams.requirePlaceForListener();
        listening(Multi.createFrom().nothing());
        assertFull();
        assertThat(streams.listener(Multi.createFrom().item(1))
                        .collect()
                        .asList()
                        .await()
                        .indefinitely())
                .isEmpty();
    }

    @Test
    void aPlaceIsFreeOnceAStreamIsOverInWhateverWay() {
        listening(Multi.createFrom().item(1));
        streams.requirePlaceForListener();
        listening(Multi.createFrom().failure(new IllegalStateException("expected by this test")));
        streams.requirePlaceForListener();
        listening(Multi.createFrom().nothing()).cancel();
        streams.requirePlaceForListener();
    }

    @Test
    void aScriptThatThereIsNoneOfTakesNoPlace() {
        for (int i = 0; i < 3; i++) {
            Multi<String> script = streams.script(
                    Uni.createFrom().failure(new ProblemException(409, "There is none.")),
                    known -> Multi.createFrom().item("never"));
            assertThatThrownBy(() -> script.collect().asList().await().indefinitely())
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.status()).isEqualTo(409));
        }
    }
}
