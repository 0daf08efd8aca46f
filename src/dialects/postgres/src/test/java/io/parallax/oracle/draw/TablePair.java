package io.parallax.oracle.draw;

import io.parallax.oracle.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two tables to compare, and how.
 *
 * @param seed draws this pair again
 * @param key key columns' names
 */
public record TablePair(
        long seed, Side a, Side b, List<String> key, List<String> include, List<String> exclude, List<Mutation> story) {

    /**
     * One side.
     *
     * @param database 0 or 1
     * @param definitions the columns as DDL, parallel to {@code columns}
     * @param rows literals, parallel to {@code columns}, in physical order
     * @param indexes statements that may fail, after which the index is not there
     * @param query the dataset's query, or null
     * @param path the dataset's table path, when it is no query
     * @param filter the dataset's filter, or null
     */
    public record Side(
            int database,
            String schema,
            String table,
            List<Column> columns,
            List<String> definitions,
            Storage storage,
            List<List<@Nullable String>> rows,
            List<String> indexes,
            boolean analyzed,
            boolean view,
            List<String> path,
            @Nullable String query,
            @Nullable String filter) {
        public String qualified() {
            return Names.quoted(schema) + "." + Names.quoted(table);
        }
    }

    /** How the rows lie. */
    enum Storage {
        PLAIN,
        /** A column before the others was dropped. */
        GAPPED,
        /** Some rows are in a child table, which the parent's constraints do not reach. */
        INHERITED,
        /** By hash of the first key column, where it has one. */
        PARTITIONED
    }

    /** In a word. */
    @Override
    public String toString() {
        return "pair " + seed + ": " + a.rows.size() + " and " + b.rows.size() + " rows, key " + key + ", " + story;
    }
}
