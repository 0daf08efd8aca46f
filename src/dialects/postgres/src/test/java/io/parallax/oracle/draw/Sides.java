package io.parallax.oracle.draw;

import io.parallax.oracle.Column;
import io.parallax.oracle.Type;
import io.parallax.oracle.draw.TablePair.Side;
import io.parallax.oracle.draw.TablePair.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Turns a draft into two tables: column order, physical order, storage, indexes, and how each is asked for. */
final class Sides {
    private final Dice dice;
    private final Draft draft;
    private final long seed;
    private final boolean filteredAlike;
    private final Filters filters;
    private final int databaseB;
    private final boolean seekable;

    /** {@code seekable}: plain tables as they are, with an index on the key. */
    Sides(Dice dice, Draft draft, long seed, boolean seekable) {
        this.seekable = seekable;
        this.dice = dice;
        this.draft = draft;
        this.seed = seed;
        this.filters = new Filters(dice, draft);
        this.filteredAlike = dice.chance(0.15);
        this.databaseB = dice.chance(0.3) ? 1 : 0;
    }

    Side a() {
        return side("A", 0, Slot::a, draft.a());
    }

    Side b() {
        return side("B", databaseB, Slot::b, draft.b());
    }

    private Side side(
            String letter, int database, Function<Slot, Slot.@Nullable Spot> spots, List<@Nullable String[]> rows) {
        List<Integer> order = IntStream.range(0, draft.width())
                .filter(slot -> spots.apply(draft.slots().get(slot)) != null)
                .boxed()
                .toList();
        List<Placed> placed = (dice.chance(0.3) ? dice.<Integer>shuffled(order) : order)
                .stream().map(slot -> placed(slot, spots)).toList();
        List<List<@Nullable String>> literals =
                rows.stream().map(row -> literals(row, placed)).toList();
        String schema = "o" + letter + Long.toUnsignedString(seed, 36);
        String table = Names.table(dice);
        String qualified = Names.quoted(schema) + "." + Names.quoted(table);
        boolean view = !seekable && dice.chance(0.1);
        String dataset = view ? Names.quoted(schema) + ".\"the view\"" : qualified;
        boolean query = !seekable && dice.chance(0.15);
        return new Side(
                database,
                schema,
                table,
                placed.stream().map(Placed::column).toList(),
                placed.stream().map(Placed::definition).toList(),
                seekable || dice.chance(0.8)
                        ? Storage.PLAIN
                        : dice.pick(Storage.GAPPED, Storage.INHERITED, Storage.PARTITIONED),
                dice.chance(0.5) ? dice.shuffled(literals) : literals,
                indexes(placed, qualified),
                dice.chance(0.5),
                view,
                path(database, schema, view ? "the view" : table),
                query ? Queries.draw(dice, dataset, names(placed)) : null,
                !seekable && (filteredAlike || dice.chance(0.03)) ? filters.draw(letter) : null);
    }

    private List<String> indexes(List<Placed> placed, String table) {
        Indexes indexes =
                new Indexes(dice, placed.stream().map(p -> p.column.name()).toList(), keyNames(), table);
        return seekable ? indexes.ofKey() : indexes.draw();
    }

    private List<String> path(int database, String schema, String table) {
        return dice.chance(0.2) ? List.of(Databases.NAMES.get(database), schema, table) : List.of(schema, table);
    }

    private List<String> keyNames() {
        return draft.slots().subList(0, draft.keys()).stream().map(Slot::name).toList();
    }

    private Placed placed(int slot, Function<Slot, Slot.@Nullable Spot> spots) {
        Slot named = draft.slots().get(slot);
        return new Placed(
                slot, Objects.requireNonNull(spots.apply(named)), new Column(named.name(), typeOf(named, spots)));
    }

    private static Type typeOf(Slot slot, Function<Slot, Slot.@Nullable Spot> spots) {
        return Objects.requireNonNull(spots.apply(slot)).type();
    }

    private List<@Nullable String> literals(@Nullable String[] row, List<Placed> placed) {
        List<@Nullable String> literals = new ArrayList<>();
        for (Placed place : placed) {
            Kind kind = draft.slots().get(place.slot).kind();
            String literal = row[place.slot];
            if (literal != null && kind != place.spot.kind()) {
                literal = place.spot.kind().draw(dice);
            }
            literals.add(literal == null ? null : place.spot.kind().fit(literal, place.spot.type()));
        }
        return literals;
    }

    private static List<String> names(List<Placed> placed) {
        return placed.stream().map(p -> p.column.name()).toList();
    }

    /** A slot at its place in one side's table. */
    private record Placed(int slot, Slot.Spot spot, Column column) {
        String definition() {
            String collation = spot.collation();
            return Names.quoted(column.name()) + " " + column.type().sql()
                    + (collation == null ? "" : " COLLATE " + collation);
        }
    }
}
