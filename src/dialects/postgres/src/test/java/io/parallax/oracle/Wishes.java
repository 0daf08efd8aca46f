package io.parallax.oracle;

import io.parallax.oracle.draw.Dice;
import io.parallax.oracle.draw.TablePair;
import io.parallax.oracle.draw.TablePair.Side;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a pair is to be compared besides its key and columns.
 *
 * @param mapping columns of A that are called something else in B
 * @param forgiveness what counts as equal besides
 * @param ofColumns the same for single columns, by A's names
 * @param clip the rows of some time only; null for all
 * @param times how figures are told apart by time; null for not at all
 * @param inTwoPasses whether keys are counted first, then values
 * @param multisets whether rows of repeated keys are compared, too
 */
public record Wishes(
        Map<String, String> mapping,
        Forgiveness forgiveness,
        Map<String, Forgiveness> ofColumns,
        @Nullable Clip clip,
        @Nullable Times times,
        boolean inTwoPasses,
        boolean multisets) {
    public static final Wishes NONE = new Wishes(Map.of(), Forgiveness.NONE, Map.of(), null, null, false, false);

    private static final List<String> DISTANCES = List.of("0", "0.001", "0.01", "0.1", "0.5", "1", "2", "1000", "1e20");

    /**
     * Half-open.
     *
     * @param column by A's name
     */
    public record Clip(String column, @Nullable String from, @Nullable String to) {}

    /** Buckets by a column, which goes by A's name. */
    public record Times(String column, TimeUnit unit) {}

    /** Draws wishes for a pair that is loaded; may rename columns of side B's table. */
    static Wishes draw(Dice dice, TablePair pair, Connection b) throws SQLException {
        boolean renames =
                dice.between(1, 4) == 1 && pair.b().query() == null && pair.b().filter() == null;
        Map<String, String> mapping = renames ? rename(dice, pair, b) : Map.of();
        Forgiveness forgiveness = dice.between(1, 3) == 1 ? forgiveness(dice) : Forgiveness.NONE;
        Clip clip = dice.between(1, 3) == 1 ? clip(dice, pair) : null;
        boolean twoPasses = dice.between(1, 6) == 1;
        // Which rows go together, and so what rules forgive, is left open.
        boolean multisets = forgiveness.equals(Forgiveness.NONE) && dice.between(1, 6) == 1;
        Times times = !twoPasses && !multisets && dice.between(1, 4) == 1 ? times(dice, pair) : null;
        return new Wishes(mapping, forgiveness, Map.of(), clip, times, twoPasses, multisets);
    }

    private static Forgiveness forgiveness(Dice dice) {
        return new Forgiveness(
                dice.between(1, 4) == 1 ? null : new BigDecimal(dice.pick(DISTANCES)),
                dice.pick(true, false),
                dice.pick(true, false),
                dice.between(1, 3) == 1 ? null : dice.between(0, 6),
                dice.pick(true, false),
                dice.pick(true, false),
                dice.pick(true, false));
    }

    /** Some columns of side B's table get each other's names, or one that only A has, or a new one; none under a view. */
    public static Map<String, String> rename(Dice dice, TablePair pair, Connection b) throws SQLException {
        if (pair.b().view()) {
            return Map.of();
        }
        List<String> namesA = pair.a().columns().stream().map(Column::name).toList();
        List<String> namesB = pair.b().columns().stream().map(Column::name).toList();
        List<String> shared = namesA.stream().filter(namesB::contains).toList();
        List<String> free = new ArrayList<>(
                namesA.stream().filter(name -> !namesB.contains(name)).toList());
        free.add("renamed");
        free.add("Re \"named\"");
        Map<String, String> mapping = new LinkedHashMap<>();
        List<String> drawn = dice.<String>shuffled(shared)
                .subList(0, shared.isEmpty() ? 0 : dice.between(1, Math.min(3, shared.size())));
        if (drawn.size() == 2 && dice.pick(true, false)) {
            mapping.put(drawn.get(0), drawn.get(1));
            mapping.put(drawn.get(1), drawn.get(0));
        } else {
            List<String> names = dice.shuffled(free);
            for (int i = 0; i < Math.min(drawn.size(), names.size()); i++) {
                mapping.put(drawn.get(i), names.get(i));
            }
        }
        try (Statement statement = b.createStatement()) {
            for (String name : mapping.keySet()) {
                statement.execute(renaming(pair.b(), name, "on its way " + namesA.indexOf(name)));
            }
            for (Map.Entry<String, String> pairOfNames : mapping.entrySet()) {
                statement.execute(renaming(
                        pair.b(), "on its way " + namesA.indexOf(pairOfNames.getKey()), pairOfNames.getValue()));
            }
        }
        return mapping;
    }

    private static String renaming(Side side, String from, String to) {
        return "alter table " + side.qualified() + " rename column " + quoted(from) + " to " + quoted(to);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Columns that hold times on both sides. */
    private static List<String> timeColumns(TablePair pair) {
        return pair.a().columns().stream()
                .filter(Wishes::holdsTimes)
                .map(Column::name)
                .filter(name -> pair.b().columns().stream()
                        .anyMatch(column -> column.name().equals(name) && holdsTimes(column)))
                .toList();
    }

    private static @Nullable Times times(Dice dice, TablePair pair) {
        List<String> names = timeColumns(pair);
        return names.isEmpty() ? null : new Times(dice.pick(names), dice.pick(TimeUnit.values()));
    }

    /** Between two of the values of such a column. */
    private static @Nullable Clip clip(Dice dice, TablePair pair) {
        List<String> names = timeColumns(pair);
        if (names.isEmpty()) {
            return null;
        }
        String name = dice.pick(names);
        int index = pair.a().columns().stream().map(Column::name).toList().indexOf(name);
        List<String> times = pair.a().rows().stream()
                .map(row -> row.get(index))
                .filter(Objects::nonNull)
                .filter(text -> text.matches("[0-9]{4}-[0-9:. -]*"))
                .toList();
        String from = times.isEmpty() ? "2000-01-01" : dice.pick(times);
        String to = times.isEmpty() ? "2020-01-01 00:00:00" : dice.pick(times);
        return switch (dice.between(1, 3)) {
            case 1 -> new Clip(name, from, null);
            case 2 -> new Clip(name, null, to);
            default -> new Clip(name, from, to);
        };
    }

    public static boolean holdsTimes(Column column) {
        return switch (column.type().family()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
            default -> false;
        };
    }

    /** The pair with the names that side B's columns have now. */
    TablePair renamed(TablePair pair) {
        return renamed(pair, mapping);
    }

    /** The same for columns that were renamed like this. */
    public static TablePair renamed(TablePair pair, Map<String, String> mapping) {
        Side b = pair.b();
        Side side = new Side(
                b.database(),
                b.schema(),
                b.table(),
                b.columns().stream()
                        .map(column -> new Column(mapping.getOrDefault(column.name(), column.name()), column.type()))
                        .toList(),
                b.definitions(),
                b.storage(),
                b.rows(),
                b.indexes(),
                b.analyzed(),
                b.view(),
                b.path(),
                b.query(),
                b.filter());
        return new TablePair(pair.seed(), pair.a(), side, pair.key(), pair.include(), pair.exclude(), pair.story());
    }

    public String nameOnB(String name) {
        return mapping.getOrDefault(name, name);
    }

    /** What clips a side's rows, in other words than the engine's; empty where nothing does. */
    public List<String> conditions(String column) {
        if (clip == null) {
            return List.of();
        }
        // Dates beyond what timestamps hold are beyond all bounds.
        String own = "case when %1$s >= '200000-01-01' then 'Infinity'::numeric".formatted(quoted(column))
                + " when %1$s <= '4000-01-01 BC' then '-Infinity'::numeric".formatted(quoted(column))
                + " else extract(epoch from %1$s::timestamptz) end".formatted(quoted(column));
        List<String> conditions = new ArrayList<>();
        if (clip.from != null) {
            conditions.add("(" + own + ") >= extract(epoch from timestamptz '" + clip.from + "+00')");
        }
        if (clip.to != null) {
            conditions.add("(" + own + ") < extract(epoch from timestamptz '" + clip.to + "+00')");
        }
        return conditions;
    }

    /** What counts as equal besides in a column. */
    Forgiveness forgiveness(String column) {
        return ofColumns.getOrDefault(column, forgiveness);
    }

    /** Of A's names by those of B. */
    Map<String, String> reverse() {
        return mapping.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }
}
