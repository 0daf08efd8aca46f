package io.parallax.engine.dialect;

import java.util.List;
import java.util.stream.Stream;

/** One side's part of a query. */
public interface SideQuery {
    /** The column of the key that ranges are cut by, an integer. */
    String rangeColumn();

    /** The compared columns as the database's own = tells them apart. */
    List<String> comparable();

    /** The hash that checksums add up. */
    String rowHash();

    /** The key's parts by name, to be grouped by. */
    String namedKey();

    /** The names that {@link #namedKey} gives. */
    String keyNames();

    /** The rows that meet the conditions and have a whole key, to stand after a list of columns. */
    String fromKeyed(Stream<String> conditions);

    /** The same for each row of something else that the conditions may speak of. */
    String fromKeyed(String each, Stream<String> conditions);

    /** The rows as they are sent, in the order of the key's bytes. */
    String sent(String fromKeyed);
}
