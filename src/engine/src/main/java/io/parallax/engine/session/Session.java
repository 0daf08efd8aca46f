package io.parallax.engine.session;

import io.parallax.contract.tally.Reading;
import io.parallax.engine.row.RowStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A read-only look at one snapshot of a source, until it is closed. Its errors are
 * {@link io.parallax.contract.DiffFailedException}s. Used by one thread at a time, but for what says otherwise.
 */
public interface Session extends AutoCloseable {
    /** Reads a row where the result stands. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The id of the dialect that it speaks. */
    String dialect();

    /** What it is connected to, and as whom: an address, a database, a login, a version. It is not asked. */
    String server();

    /** All rows of a query that has few; but some of them are held at a time. */
    <T> List<T> list(String sql, RowReader<T> reader);

    /** The same of rows that may be large, a few of which are held at a time. */
    <T> List<T> listLarge(String sql, RowReader<T> reader);

    /** The only row of a query that has exactly one. */
    <T> T one(String sql, RowReader<T> reader);

    /** A query's rows, to be read one by one. */
    RowStream copy(String query);

    /** Has queries from now on get at their rows that way. */
    AccessPath reach(AccessPath way);

    /** Sets what its statements are told from now on, by name; null for nothing. */
    void set(@Nullable Map<String, String> settings);

    /** This, with its statements told so from now on, by name. */
    default Session told(Map<String, String> settings) {
        set(settings);
        return this;
    }

    /** What users wrote of the statements that follow, so that failures say where in it they are. */
    void knows(UserText text);

    /** Has its failures say first what they come of, such as {@code Side A}. */
    Session named(@Nullable String origin);

    /** The name by which other sessions can see the same snapshot, while this one lasts. */
    String exportSnapshot();

    /** What to do about a snapshot of its server's that is lost; empty where there is nothing to be done. */
    Optional<String> adviceOnLoss();

    /**
     * How it has been read so far, from its beginning on.
     *
     * @param imported the name of the snapshot that it was told to see; null when it sees its own
     * @throws io.parallax.contract.DiffFailedException that loses the plan when what it has read is not what its snapshot
     *     knows of
     */
    Reading reading(@Nullable String imported);

    /** The shortest time that any of its statements has taken so far: no trip to its server and back takes longer. */
    Duration trip();

    /** Whether the database answers within some seconds, in the same transaction. */
    boolean answers(int seconds);

    /** To be run once it has given way while nobody works with it; at once when that has happened. Any thread. */
    void whenLost(Runnable action);

    /** Whom it gave way to; null when it did not. Any thread. */
    @Nullable
    Waiter waiter();

    /** Has its statement cancelled and its locks released within a second, whatever its own thread does. Any thread. */
    void giveWay(Waiter toWhom);

    /** Ends what runs on it now or later, because nobody needs it any more. Any thread. */
    void stop();

    /** Ends its connection at once, whatever the database does. Any thread. */
    void abandon();

    @Override
    void close();
}
