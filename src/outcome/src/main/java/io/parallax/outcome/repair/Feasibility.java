package io.parallax.outcome.repair;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.message.Target;
import io.parallax.contract.message.Target.Column;
import io.parallax.contract.message.Target.Obstacle;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.text.TextDialect;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether a script can make a table's rows equal to the other side's.
 *
 * @param key the names of the key's columns, as differing rows have them
 * @param compared likewise of the compared columns
 */
public record Feasibility(
        Target target, TextDialect dialect, Direction direction, List<String> key, List<String> compared) {
    public Feasibility {
        key = List.copyOf(key);
        compared = List.copyOf(compared);
    }

    /** What stands against a script that reaches so far. */
    public Optional<String> obstacle(Extent extent) {
        return Stream.ofNullable(target.obstacles())
                .flatMap(List::stream)
                .filter(obstacle -> extent.meets(obstacle, direction))
                .map(Obstacle::reason)
                .findFirst();
    }

    /** The kinds whose values have to be looked at, as columns do not take any. */
    public List<Kind> toBeChecked() {
        boolean anyValue = target.values().stream().anyMatch(Feasibility::isLimited);
        boolean anyKey = target.key().stream().anyMatch(Feasibility::isLimited);
        return anyValue ? List.of(Kind.VALUE, direction.missing()) : anyKey ? List.of(direction.missing()) : List.of();
    }

    private static boolean isLimited(Column column) {
        return column.limits() != null;
    }

    /** The first column that does not take what the row is to have in it. */
    public Optional<String> misfit(Kind kind, JsonNode ofKey, JsonNode values) {
        Stream<String> ofKeys = kind == Kind.VALUE
                ? Stream.empty()
                : IntStream.range(0, key.size())
                        .filter(i -> !Fitting.fits(
                                ofKey.path(key.get(i)), target.key().get(i).limits(), dialect))
                        .mapToObj(key::get);
        Stream<String> ofValues = IntStream.range(0, compared.size())
                .filter(i -> values.has(compared.get(i)))
                .filter(i -> !Fitting.fits(
                        values.path(compared.get(i)).path(direction.origin()),
                        target.values().get(i).limits(),
                        dialect))
                .mapToObj(compared::get);
        return Stream.concat(ofKeys, ofValues)
                .findFirst()
                .map(name -> "The column " + name + " does not take each of the other side's values as it is.");
    }

    /** Sets of columns with unique values of which some change. */
    public List<List<String>> unique(Extent extent) {
        return Stream.ofNullable(target.unique())
                .flatMap(List::stream)
                .filter(extent::changes)
                .toList();
    }
}
