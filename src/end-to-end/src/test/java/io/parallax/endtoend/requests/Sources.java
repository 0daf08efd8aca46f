package io.parallax.endtoend.requests;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The two databases that pairs are loaded into, and the ids of the data sources that are them. */
public interface Sources {
    /** A session that sees values as the oracle reads them, and may do anything; {@code database} is 0 or 1. */
    Connection connect(int database) throws SQLException;

    /** Of each database. */
    List<List<Long>> ids();

    /** The role that diffs read as. */
    String reader();
}
