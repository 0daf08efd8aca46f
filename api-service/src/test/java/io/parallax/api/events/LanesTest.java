package io.parallax.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {
    private static final Outcome TAKEN = Outcome.answered(200);
    private static final Outcome REFUSED = Outcome.answered(503);

    private final Lanes lanes = new Lanes();

    @Test
    void eachReceiverHasRoomOfItsOwn() {
        assertThat(lanes.rooms()).isEmpty();
        for (int i = 0; i < Lanes.ROOM; i++) {
            lanes.enter(1);
        }
        lanes.enter(2);
        assertThat(lanes.rooms()).containsExactlyInAnyOrder(new Lanes.Room(1, 0), new Lanes.Room(2, Lanes.ROOM - 1));
        lanes.leave(2, TAKEN);
        assertThat(lanes.rooms()).containsExactly(new Lanes.Room(1, 0));
        lanes.leave(1, TAKEN);
        assertThat(lanes.rooms()).containsExactly(new Lanes.Room(1, 1));
    }

    @Test
    void oneThatTakesNothingGetsOneAtATime() {
        lanes.enter(1);
        lanes.enter(1);
        lanes.leave(1, REFUSED);
        assertThat(lanes.rooms()).containsExactly(new Lanes.Room(1, 0));
        lanes.leave(1, REFUSED);
        assertThat(lanes.rooms()).containsExactly(new Lanes.Room(1, 1));
        lanes.enter(1);
        lanes.leave(1, TAKEN);
        assertThat(lanes.rooms()).isEmpty();
    }

    @Test
    void oneThatWasNotAskedHasRefusedNothing() {
        Outcome untried = Outcome.failed(new Lookups.Busy());
        lanes.enter(1);
        lanes.leave(1, untried);
        assertThat(lanes.rooms()).isEmpty();
        lanes.enter(1);
        lanes.leave(1, REFUSED);
        lanes.enter(1);
        lanes.leave(1, untried);
        assertThat(lanes.rooms()).containsExactly(new Lanes.Room(1, 1));
    }
}
