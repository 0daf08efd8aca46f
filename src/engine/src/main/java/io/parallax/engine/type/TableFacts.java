package io.parallax.engine.type;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decides which rows a table or view takes; of a view it is the table behind it that decides.
 *
 * @param kind {@code r} for a table, {@code p} for one in partitions, {@code v} for a view, {@code f} for one that is elsewhere
 * @param encoding of its database's texts
 * @param table the table's own name, that rows are kept in
 * @param knownTable false where it cannot be told which rows are written to: a view of several tables, or a foreign table
 * @param writable which statements a view takes: 4 for UPDATE, 8 for INSERT, 16 for DELETE, added up
 * @param filtered whether a view has a condition of its own
 * @param sameColumns whether a view has all its columns from the table behind, by the same names
 * @param inherited whether it has children that are no partitions
 * @param partition whether it is a partition itself
 * @param bounded whether there may be rows that no partition takes
 * @param bounds which rows its partitions take
 * @param secured whether some rows are hidden from some logins
 * @param ruled whether statements are rewritten
 * @param triggers those of partitions and children, too
 * @param referrers foreign keys of others that refer to it
 */
public record TableFacts(
        String kind,
        String encoding,
        String table,
        boolean knownTable,
        int writable,
        boolean filtered,
        boolean sameColumns,
        boolean inherited,
        boolean partition,
        boolean bounded,
        List<String> bounds,
        boolean secured,
        boolean ruled,
        List<Trigger> triggers,
        List<Field> columns,
        List<Constraint> constraints,
        List<Constraint> referrers,
        List<Unique> unique) {
    public TableFacts {
        bounds = List.copyOf(bounds);
        triggers = List.copyOf(triggers);
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
        referrers = List.copyOf(referrers);
        unique = List.copyOf(unique);
    }

    public boolean isView() {
        return kind.equals("v");
    }

    public Optional<Field> column(String name) {
        return columns.stream().filter(column -> column.name.equals(name)).findFirst();
    }

    /** {@code events}: 1 for each row, 4 at INSERT, 8 at DELETE, 16 at UPDATE, added up with what else it is called for. */
    public record Trigger(String name, int events) {}

    /**
     * One column.
     *
     * @param type as it is declared
     * @param plainType the same with its domain taken off
     * @param modifier of {@code plainType}
     * @param ownDefault null for none
     * @param identity {@code a} when the database always makes it, {@code d} when by default, empty when it does not
     * @param computed its expression; null where it is not computed
     * @param checks of its domain
     * @param labels of an enum
     * @param loose whether texts may be equal that are not the same
     */
    public record Field(
            String name,
            String type,
            String plainType,
            int modifier,
            boolean notNull,
            @Nullable @JsonProperty("default") String ownDefault,
            String identity,
            @Nullable String computed,
            List<String> checks,
            @Nullable List<String> labels,
            boolean loose) {
        public Field {
            checks = List.copyOf(checks);
            labels = labels == null ? null : List.copyOf(labels);
        }

        /** Whether a row may go without a value of ours. */
        public boolean mayBeLeftOut() {
            return !notNull || ownDefault != null || !identity.isEmpty() || computed != null;
        }
    }

    /**
     * A constraint other than a unique one.
     *
     * @param type {@code c} for a check, {@code f} for a foreign key, {@code x} for an exclusion
     * @param columns that it speaks of
     * @param other the table that it refers to, or that refers; empty for none
     */
    public record Constraint(String type, String name, List<String> columns, String definition, String other) {
        public Constraint {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A unique index.
     *
     * @param plain whether it is of columns alone, and of all rows
     * @param atOnce whether it is looked at row by row, not in the end
     * @param nullsEqual whether NULLs are equal
     */
    public record Unique(String name, List<String> columns, boolean plain, boolean atOnce, boolean nullsEqual) {
        public Unique {
            columns = List.copyOf(columns);
        }
    }
}
