package io.parallax.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes lanes = new Lanes();

    @Test
    void eachReceiverHasRoomOfItsOwn() {
        assertThat(lanes.rooms()).isEmpty();
        for (int i = 0; i < Lanes.ROOM; i++) {
            lanes.enter(1);
        }
        lanes.enter(2);
        assertThat(lanes.rooms()).containsExactlyInAnyOrder(new Lanes.Room(1, 0), new Lanes.Room(2, Lanes.ROOM - 1));
        lanes.leave(2, true);
        assertThat(lanes.rooms()).containsExactly(new Lanes.Room(1, 0));
        lanes.leave(1, true);
        assertThat(lanes.rooms()).containsExactly(new Lanes.Room(1, 1));
    }

    @Test
    void oneThatTakesNothingGetsOneAtATime() {
        lanes.enter(1);
        lanes.enter(1);
        lanes.leave(1, false);
        assertThat(lanes.rooms()).containsExactly(new Lanes.Room(1, 0));
        lanes.leave(1, false);
        assertThat(lanes.rooms()).containsExactly(new Lanes.Room(1, 1));
        lanes.enter(1);
        lanes.leave(1, true);
        assertThat(lanes.rooms()).isEmpty();
    }
}
