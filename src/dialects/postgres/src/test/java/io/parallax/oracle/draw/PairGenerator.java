package io.parallax.oracle.draw;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws a pair from a seed, always the same one. */
public final class PairGenerator {
    private static final List<String> COLLATIONS =
            List.of("\"C\"", "\"en-x-icu\"", "\"und-x-icu\"", "public.caseless", "public.accentless");

    private final long seed;
    private final Dice dice;
    private final boolean awkwardNames;

    /** A single integer key with an index, on plain tables: short ranges of it are reached one by one. */
    private final boolean seekable;

    private final List<Mutation> story = new ArrayList<>();

    private PairGenerator(long seed) {
        this.seed = seed;
        this.dice = new Dice(seed);
        this.awkwardNames = dice.chance(0.15);
        this.seekable = dice.chance(0.3);
    }

    public static TablePair draw(long seed) {
        return new PairGenerator(seed).pair();
    }

    private TablePair pair() {
        int keys = seekable ? 1 : dice.pick(1, 1, 1, 1, 2, 2, 3);
        List<Slot> slots = slots(keys, dice.pick(0, 1, 2, 3, 3, 4, 5, 7));
        Draft draft = draft(slots, keys);
        mutate(draft);
        List<String> key = slots.subList(0, keys).stream().map(Slot::name).toList();
        List<String> include = dice.chance(0.15) ? someNames(slots) : List.of();
        List<String> exclude = dice.chance(0.15) ? someNames(slots) : List.of();
        Sides sides = new Sides(dice, draft, seed, seekable);
        return new TablePair(seed, sides.a(), sides.b(), dice.shuffled(key), include, exclude, List.copyOf(story));
    }

    private List<Slot> slots(int keys, int values) {
        List<Slot> slots = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (slots.size() < keys + values) {
            String name = Names.column(dice, slots.size(), awkwardNames);
            if (names.add(name)) {
                // Columns of one kind beside each other are what may be taken for one another.
                Kind kind = !slots.isEmpty() && dice.chance(0.3)
                        ? slots.get(slots.size() - 1).kind()
                        : seekable && slots.isEmpty() ? dice.pick(Numbers.INTEGER, Numbers.BIGINT) : Kinds.draw(dice);
                slots.add(slot(name, kind, slots.size() < keys));
            }
        }
        return slots;
    }

    private Slot slot(String name, Kind kind, boolean key) {
        Slot.Spot a = spot(kind);
        boolean sameType = dice.chance(0.6);
        Slot.Spot b = sameType && dice.chance(0.8) ? a : sameType ? recollated(a) : spot(a.kind());
        if (key) {
            return new Slot(name, a, dice.chance(0.01) ? spot(Kinds.draw(dice)) : b);
        }
        return switch (dice.below(25)) {
            case 0 -> new Slot(name, a, null);
            case 1 -> new Slot(name, null, b);
            case 2 -> new Slot(name, a, spot(Kinds.draw(dice)));
            default -> new Slot(name, a, b);
        };
    }

    private Slot.Spot spot(Kind kind) {
        return recollated(new Slot.Spot(kind, dice.pick(kind.types()), null));
    }

    private Slot.Spot recollated(Slot.Spot spot) {
        boolean collatable = spot.kind() == Texts.PLAIN || spot.kind() == Kinds.TEXT_ARRAY;
        return new Slot.Spot(spot.kind(), spot.type(), collatable && dice.chance(0.5) ? dice.pick(COLLATIONS) : null);
    }

    private Draft draft(List<Slot> slots, int keys) {
        int rows = rowCount();
        Keys keyRows = new Keys(dice, slots.subList(0, keys));
        boolean nullKeys = dice.chance(0.2);
        double nullValues = dice.pick(0.0, 0.1, 0.1, 0.5);
        List<@Nullable String[]> a = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            String[] row = new String[slots.size()];
            for (int slot = 0; slot < row.length; slot++) {
                if (slot < keys) {
                    row[slot] = nullKeys && dice.chance(0.05) ? null : keyRows.part(slot, i);
                } else {
                    row[slot] = dice.chance(nullValues)
                            ? null
                            : slots.get(slot).kind().draw(dice);
                }
            }
            a.add(row);
        }
        Draft draft = new Draft(slots, keys, a, new ArrayList<>());
        if (rows > 0 && dice.chance(0.35)) {
            duplicateSome(draft);
        }
        draft.b().addAll(Draft.copy(a));
        return draft;
    }

    private int rowCount() {
        return switch (dice.below(20)) {
            case 0 -> 0;
            case 1, 2, 3 -> dice.between(1, 5);
            case 4, 5, 6, 7, 8, 9 -> dice.between(6, 60);
            case 10 -> dice.between(1000, 4000);
            default -> dice.between(60, 400);
        };
    }

    /** Keys that occur twice on both sides alike, so that buckets with duplicates are clean. */
    private void duplicateSome(Draft draft) {
        for (int copies = dice.between(1, 1 + draft.a().size() / 10); copies > 0; copies--) {
            int at = dice.below(draft.a().size());
            String[] copy = Draft.copy(draft.a().get(at));
            for (int slot = draft.keys(); slot < copy.length && dice.chance(0.5); slot++) {
                copy[slot] = draft.slots().get(slot).kind().draw(dice);
            }
            draft.a().add(at, copy);
        }
    }

    private void mutate(Draft draft) {
        switch (dice.below(20)) {
            case 0, 1 -> {}
            case 2 -> draft.b().clear();
            case 3 -> draft.a().clear();
            case 4, 5, 6 -> mutate(draft, dice.between(4, 30));
            case 7, 8 -> only(draft, dice.pick(Mutation.VALUES_SWAPPED, Mutation.VALUES_ROTATED), dice.between(1, 4));
            case 9 -> only(draft, Mutation.COLUMN_RESPELLED, 10);
            case 10 -> mutate(draft, draft.a().size());
            default -> mutate(draft, dice.between(1, 3));
        }
        if (dice.chance(0.3)) {
            addRows(dice.chance(0.5) ? draft.a() : draft.b(), draft);
        }
    }

    private void mutate(Draft draft, int times) {
        for (int i = 0; i < times; i++) {
            only(draft, Mutation.draw(dice), 1);
        }
    }

    private void only(Draft draft, Mutation mutation, int times) {
        story.add(mutation);
        for (int i = 0; i < times; i++) {
            mutation.apply(draft, dice);
        }
    }

    /** Rows with keys of any size, at the end or in between. */
    private void addRows(List<@Nullable String[]> rows, Draft draft) {
        for (int count = dice.pick(1, 1, 2, 20); count > 0; count--) {
            String[] row = new String[draft.width()];
            IntStream.range(0, row.length)
                    .forEach(slot -> row[slot] = draft.slots().get(slot).kind().draw(dice));
            rows.add(dice.below(rows.size() + 1), row);
        }
    }

    private List<String> someNames(List<Slot> slots) {
        return slots.stream().filter(slot -> dice.chance(0.5)).map(Slot::name).toList();
    }
}
