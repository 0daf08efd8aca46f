package io.parallax.oracle.draw;

import io.parallax.oracle.Type;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * What a column holds, whatever type each side gives it; values are literals that any of the types takes.
 *
 * <p>Groups of near values differ from each other in ways that a hash or a comparison may miss; groups of same values are
 * spellings of one value.
 */
class Kind {
    private final List<Type> types;
    private final List<List<String>> near;
    private final List<List<String>> same;
    private final List<String> pool;
    private final LongFunction<String> numbered;

    Kind(List<Type> types, List<List<String>> near, List<List<String>> same, LongFunction<String> numbered) {
        this.types = types;
        this.near = near;
        this.same = same;
        this.numbered = numbered;
        this.pool = Stream.concat(near.stream(), same.stream())
                .flatMap(List::stream)
                .toList();
    }

    List<Type> types() {
        return types;
    }

    /** Some value: an awkward one or one of few or many ordinary ones. */
    String draw(Dice dice) {
        return dice.chance(0.2) ? dice.pick(pool) : numbered(dice.below(dice.pick(3, 40, 1000, 1_000_000)));
    }

    /** Another value for every number, as far as the types reach. */
    String numbered(long number) {
        return numbered.apply(number);
    }

    /** Whether numbers far apart make values far apart. */
    boolean spacious() {
        return false;
    }

    /** A value that is easily taken for this one. */
    String twisted(String literal, Dice dice) {
        return other(near, literal, dice, (same, none) -> draw(dice));
    }

    /** The same value spelled otherwise, where this kind knows how. */
    String respelled(String literal, Dice dice) {
        return other(same, literal, dice, (none, unchanged) -> unchanged);
    }

    /** The closest that the type can hold. */
    String fit(String literal, Type type) {
        return literal;
    }

    private static String other(
            List<List<String>> groups, String literal, Dice dice, BinaryOperator<String> otherwise) {
        return groups.stream()
                .filter(group -> group.contains(literal))
                .findFirst()
                .<String>map(dice::pick)
                .orElseGet(() -> otherwise.apply(literal, literal));
    }
}
