package io.parallax.oracle.draw;

import java.util.ArrayList;
import java.util.List;

/** The keys of a table's rows: mostly distinct, in mostly rising order, near or far apart. */
final class Keys {
    private final Dice dice;
    private final List<Slot> slots;
    private final List<Part> parts = new ArrayList<>();
    private final double strange;

    Keys(Dice dice, List<Slot> slots) {
        this.dice = dice;
        this.slots = slots;
        this.strange = dice.pick(0.0, 0.0, 0.1, 1.0);
        long divisor = 1;
        for (int i = slots.size() - 1; i >= 0; i--) {
            int values = i == 0 ? Integer.MAX_VALUE : dice.pick(2, 7, 50);
            parts.add(0, part(slots.get(i).kind(), divisor, values));
            divisor *= values;
        }
    }

    private Part part(Kind kind, long divisor, int values) {
        long step = kind.spacious() ? dice.pick(1L, 1L, 3L, 1000L, 1_000_000_000_000_000L) : dice.pick(1L, 1L, 7L);
        long start =
                kind.spacious() ? dice.pick(0L, -50L, Long.MAX_VALUE - 400, Long.MIN_VALUE) : dice.pick(0L, 1L, -50L);
        return new Part(divisor, values, start, step, kind.spacious() && dice.chance(0.2));
    }

    /** A part of the key of a row. */
    String part(int slot, int row) {
        Kind kind = slots.get(slot).kind();
        return dice.chance(strange)
                ? kind.draw(dice)
                : kind.numbered(parts.get(slot).number(row));
    }

    private record Part(long divisor, int values, long start, long step, boolean skewed) {
        long number(int row) {
            long digit = row / divisor % values;
            return start + step * (skewed ? digit * digit * digit : digit);
        }
    }
}
