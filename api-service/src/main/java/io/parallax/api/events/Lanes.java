package io.parallax.api.events;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many deliveries are under way to each receiver; one that does not take them gets one at a time until it does. */
final class Lanes {
    /** What a receiver may have under way unless it is mentioned. */
    static final int ROOM = 8;

    private final Map<Long, Lane> lanes = new ConcurrentHashMap<>();

    private record Lane(int underWay, boolean isStuck) {
        private static final Lane FREE = new Lane(0, false);

        int room() {
            return Math.max(0, (isStuck ? 1 : ROOM) - underWay);
        }
    }

    /** Room for one receiver. */
    record Room(long webhook, int room) {}

    /** That of all that have less than others. */
    List<Room> rooms() {
        return lanes.entrySet().stream()
                .map(lane -> new Room(lane.getKey(), lane.getValue().room()))
                .toList();
    }

    void enter(long webhook) {
        lanes.compute(webhook, (id, lane) -> {
            Lane before = lane == null ? Lane.FREE : lane;
            return new Lane(before.underWay() + 1, before.isStuck());
        });
    }

    void leave(long webhook, Outcome outcome) {
        lanes.computeIfPresent(webhook, (id, lane) -> {
            // Who was not asked has refused nothing.
            Lane after = new Lane(lane.underWay() - 1, outcome.tried() ? !outcome.taken() : lane.isStuck());
            return after.equals(Lane.FREE) ? null : after;
        });
    }
}
