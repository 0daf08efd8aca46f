package io.parallax.engine.dialect;

import java.util.List;
import java.util.stream.Stream;

/** How tables are made that rows which differ are written to. While they are staged they have one more column, a row's batch. */
public interface Writing {
    /**
     * One column.
     *
     * @param type while it is staged: that of the form in which rows are sent
     * @param lasting in the end
     */
    record TableColumn(String name, String type, String lasting) {
        /** Of the same type all the time. */
        public static TableColumn of(String name, String type) {
            return new TableColumn(name, type, type);
        }
    }

    /** Bytes; more are cut off by the database, and might clash then. */
    int longestName();

    /** The statement that makes a staged table; {@code batch}: the name of its first column. */
    String createStaged(String table, String batch, List<TableColumn> columns);

    /** The statements that make the final table, of these batches of a staged one. */
    Stream<String> publish(String staged, String table, String batch, List<String> batches, List<TableColumn> columns);
}
