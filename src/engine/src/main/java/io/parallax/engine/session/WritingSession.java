package io.parallax.engine.session;

import java.util.List;

/**
 * A connection in one transaction that writes what Parallax makes itself: tables of its own. No user's SQL is run on it.
 * Rolled back unless it is committed. Its errors are {@link io.parallax.contract.DiffFailedException}s.
 */
public interface WritingSession extends AutoCloseable {
    /** Has its failures say first what they come of. */
    WritingSession named(String origin);

    /** Runs a statement. */
    void execute(String sql);

    /** Waits for others who do the same as this one, until they have ended; then these wait for this one. */
    void alone(String what);

    /** The texts in the first column of a query that has few rows. */
    List<String> texts(String sql);

    /** The names of the tables in a schema that begin with this, in order. */
    List<String> tables(String schema, String prefix);

    /**
     * Adds rows in the row format's file form.
     *
     * @param into a table, with its columns if these are not all
     * @param length how many of the bytes count
     */
    void copyBinary(String into, byte[] bytes, int length);

    /** Makes an empty table for the rows of a query, whose names and literals mean what they mean to that session. */
    void createEmpty(String table, String query, Session reader);

    /** Whether rows can come as the types of that table send themselves. */
    boolean takesBinary(String table);

    /** Adds the rows of a query that another session of the same database reads. */
    void copyFrom(Session reader, String query, String into);

    /** The same as texts, which are standard ones. */
    void copyTextsFrom(Session reader, String query, String into);

    /** After this there is nothing more to be done on it. */
    void commit();

    @Override
    void close();
}
