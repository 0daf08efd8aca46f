package io.parallax.oracle.draw;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One way in which B comes to differ from A, or to be spelled otherwise; does nothing where the pair has no place for it. */
enum Mutation {
    VALUE_DRAWN(4, (pair, dice) -> inValue(pair, dice, (kind, literal) -> kind.draw(dice))),
    VALUE_TWISTED(12, (pair, dice) -> inValue(pair, dice, (kind, literal) -> twisted(kind, literal, dice))),
    NULL_SWAPPED(3, (pair, dice) -> inValue(pair, dice, (kind, literal) -> nullSwapped(kind, literal, dice))),
    NULL_FOR_EMPTY(3, Mutation::nullForEmpty),
    TEXT_RUN_ON(3, Mutation::runOn),
    VALUE_RESPELLED(3, (pair, dice) -> inValue(pair, dice, (kind, literal) -> respelled(kind, literal, dice))),
    COLUMN_RESPELLED(3, Mutation::respellColumn),
    VALUES_SWAPPED(8, (pair, dice) -> rotate(pair, dice, 2)),
    VALUES_ROTATED(6, (pair, dice) -> rotate(pair, dice, dice.between(3, 7))),
    ROWS_SWAPPED(3, Mutation::swapRows),
    COLUMNS_SWAPPED(4, Mutation::swapColumns),
    DUPLICATED_IN_A(3, (pair, dice) -> duplicate(pair.a(), dice)),
    DUPLICATED_IN_B(3, (pair, dice) -> duplicate(pair.b(), dice)),
    DUPLICATED_IN_BOTH(4, Mutation::duplicateInBoth),
    DUPLICATED_AND_TWISTED(3, Mutation::duplicateTwisted),
    DUPLICATE_VALUE_TWISTED(3, Mutation::twistDuplicate),
    KEY_MOVED(3, (pair, dice) -> inKey(pair, dice, (kind, literal) -> kind.numbered(dice.any() >>> dice.below(60)))),
    KEY_TWISTED(4, (pair, dice) -> inKey(pair, dice, (kind, literal) -> twisted(kind, literal, dice))),
    KEY_RESPELLED(3, (pair, dice) -> inKey(pair, dice, (kind, literal) -> respelled(kind, literal, dice))),
    KEY_NULLED(1, (pair, dice) -> inKey(pair, dice, (kind, literal) -> null)),
    ROW_REMOVED(4, (pair, dice) -> pair.b().remove(dice.below(pair.b().size()))),
    TAIL_REMOVED(1, (pair, dice) -> removeTail(dice.chance(0.5) ? pair.a() : pair.b(), dice)),
    HEAD_REMOVED(1, (pair, dice) -> removeHead(dice.chance(0.5) ? pair.a() : pair.b(), dice));

    private static final List<Mutation> WEIGHTED = Arrays.stream(values())
            .flatMap(mutation -> Collections.nCopies(mutation.weight, mutation).stream())
            .toList();

    private final int weight;
    private final Change change;

    Mutation(int weight, Change change) {
        this.weight = weight;
        this.change = change;
    }

    static Mutation draw(Dice dice) {
        return dice.pick(WEIGHTED);
    }

    void apply(Draft pair, Dice dice) {
        if (!pair.a().isEmpty() && !pair.b().isEmpty()) {
            change.apply(pair, dice);
        }
    }

    private interface Change {
        void apply(Draft pair, Dice dice);
    }

    private interface Rewriting {
        @Nullable
        String of(Kind kind, @Nullable String literal);
    }

    private static @Nullable String twisted(Kind kind, @Nullable String literal, Dice dice) {
        return literal == null ? kind.draw(dice) : kind.twisted(literal, dice);
    }

    private static @Nullable String respelled(Kind kind, @Nullable String literal, Dice dice) {
        return literal == null ? null : kind.respelled(literal, dice);
    }

    private static @Nullable String nullSwapped(Kind kind, @Nullable String literal, Dice dice) {
        if (literal != null) {
            return null;
        }
        return kind == Texts.PLAIN ? dice.pick("", "", "<null>") : kind.draw(dice);
    }

    private static void inValue(Draft pair, Dice dice, Rewriting rewriting) {
        if (pair.width() > pair.keys()) {
            rewrite(pair, dice.pick(pair.b()), dice.between(pair.keys(), pair.width() - 1), rewriting);
        }
    }

    private static void inKey(Draft pair, Dice dice, Rewriting rewriting) {
        rewrite(pair, dice.pick(pair.b()), dice.below(pair.keys()), rewriting);
    }

    /** One side has NULL where the other has a text that may be taken for it. */
    private static void nullForEmpty(Draft pair, Dice dice) {
        List<Integer> texts = shared(pair, Texts.PLAIN);
        String[] inA = dice.pick(pair.a());
        String[] inB = twin(pair, inA);
        if (!texts.isEmpty() && inB != null) {
            int slot = dice.pick(texts);
            String text = dice.pick("", "", "", "<null>", "NULL", "null");
            boolean nullInA = dice.chance(0.5);
            inA[slot] = nullInA ? null : text;
            inB[slot] = nullInA ? text : null;
        }
    }

    /** The end of one text becomes the beginning of the next. */
    private static void runOn(Draft pair, Dice dice) {
        List<Integer> texts = shared(pair, Texts.PLAIN);
        String[] inA = dice.pick(pair.a());
        String[] inB = twin(pair, inA);
        if (texts.size() >= 2 && inB != null) {
            int first = dice.below(texts.size() - 1);
            String separator = dice.pick("", "|", ",", "\t", "\u0001", "','");
            write(inA, texts, first, "a" + separator + "b", "c");
            write(inB, texts, first, "a", "b" + separator + "c");
        }
    }

    private static void write(@Nullable String[] row, List<Integer> slots, int first, String one, String next) {
        row[slots.get(first)] = one;
        row[slots.get(first + 1)] = next;
    }

    /** The value columns that are of a kind on both sides. */
    private static List<Integer> shared(Draft pair, Kind kind) {
        return IntStream.range(pair.keys(), pair.width())
                .filter(slot -> pair.slots().get(slot).shared()
                        && pair.slots().get(slot).kind() == kind)
                .boxed()
                .toList();
    }

    /** B's first row of the same key. */
    private static @Nullable String @Nullable [] twin(Draft pair, @Nullable String[] row) {
        return pair.b().stream()
                .filter(other -> pair.sameKey(row, other))
                .findFirst()
                .orElse(null);
    }

    private static void rewrite(Draft pair, @Nullable String[] row, int slot, Rewriting rewriting) {
        if (pair.slots().get(slot).shared()) {
            row[slot] = rewriting.of(pair.slots().get(slot).kind(), row[slot]);
        }
    }

    private static void respellColumn(Draft pair, Dice dice) {
        int slot = dice.below(pair.width());
        pair.b().forEach(row -> rewrite(pair, row, slot, (kind, literal) -> respelled(kind, literal, dice)));
    }

    /** Moves one column's values around between neighbouring rows. */
    private static void rotate(Draft pair, Dice dice, int rows) {
        if (pair.width() == pair.keys() || pair.b().size() < rows) {
            return;
        }
        int slot = dice.between(pair.keys(), pair.width() - 1);
        int start = dice.below(pair.b().size() - rows + 1);
        String first = pair.b().get(start)[slot];
        for (int i = start; i < start + rows - 1; i++) {
            pair.b().get(i)[slot] = pair.b().get(i + 1)[slot];
        }
        pair.b().get(start + rows - 1)[slot] = first;
    }

    /** Two rows exchange everything but their keys. */
    private static void swapRows(Draft pair, Dice dice) {
        String[] one = dice.pick(pair.b());
        String[] other = dice.pick(pair.b());
        for (int slot = pair.keys(); slot < pair.width(); slot++) {
            String value = one[slot];
            one[slot] = other[slot];
            other[slot] = value;
        }
    }

    private static void swapColumns(Draft pair, Dice dice) {
        if (pair.width() == pair.keys()) {
            return;
        }
        int one = dice.between(pair.keys(), pair.width() - 1);
        List<Integer> alike = shared(pair, pair.slots().get(one).kind());
        if (!alike.contains(one)) {
            return;
        }
        int other = dice.pick(alike);
        String[] row = dice.pick(pair.b());
        String value = row[one];
        row[one] = row[other];
        row[other] = value;
    }

    private static void duplicate(List<@Nullable String[]> rows, Dice dice) {
        int at = dice.below(rows.size());
        for (int copies = dice.pick(1, 1, 1, 2, 5); copies > 0; copies--) {
            rows.add(at, Draft.copy(rows.get(at)));
        }
    }

    private static void duplicateInBoth(Draft pair, Dice dice) {
        String[] row = dice.pick(pair.a());
        String[] twin = twin(pair, row);
        if (twin != null) {
            pair.a().add(pair.a().indexOf(row), Draft.copy(row));
            pair.b().add(pair.b().indexOf(twin), Draft.copy(twin));
        }
    }

    private static void duplicateTwisted(Draft pair, Dice dice) {
        int at = dice.below(pair.b().size());
        pair.b().add(at, Draft.copy(pair.b().get(at)));
        twistValue(pair, pair.b().get(at), dice);
    }

    /** Changes a row whose key occurs twice, if there is one. */
    private static void twistDuplicate(Draft pair, Dice dice) {
        IntStream.range(1, pair.b().size())
                .filter(i -> pair.sameKey(pair.b().get(i - 1), pair.b().get(i)))
                .boxed()
                .findAny()
                .ifPresent(i -> twistValue(pair, pair.b().get(i), dice));
    }

    private static void twistValue(Draft pair, @Nullable String[] row, Dice dice) {
        if (pair.width() > pair.keys()) {
            int slot = dice.between(pair.keys(), pair.width() - 1);
            rewrite(pair, row, slot, (kind, literal) -> twisted(kind, literal, dice));
        }
    }

    private static void removeTail(List<@Nullable String[]> rows, Dice dice) {
        rows.subList(rows.size() - dice.between(1, (rows.size() + 2) / 3), rows.size())
                .clear();
    }

    private static void removeHead(List<@Nullable String[]> rows, Dice dice) {
        rows.subList(0, dice.between(1, (rows.size() + 2) / 3)).clear();
    }
}
