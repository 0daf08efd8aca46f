package io.parallax.engine.source;

import io.parallax.engine.Cancellation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A result read row by row; only a few rows are in memory. */
public final class Cursor implements AutoCloseable {
    private final Statement statement;
    private final ResultSet rows;
    private final Cancellation.Watch watch;
    private final Session session;
    private final int columns;

    Cursor(Statement statement, ResultSet rows, Cancellation.Watch watch, Session session) throws SQLException {
        this.statement = statement;
        this.rows = rows;
        this.watch = watch;
        this.session = session;
        this.columns = rows.getMetaData().getColumnCount();
    }

    /** The next row as texts; null when there is none. */
    public @Nullable String @Nullable [] next() {
        session.requireGoing();
        try {
            if (!rows.next()) {
                return null;
            }
            @Nullable String[] row = new @Nullable String[columns];
            Arrays.setAll(row, i -> text(i + 1));
            return row;
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    private @Nullable String text(int column) {
        try {
            return rows.getString(column);
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    @Override
    public void close() {
        session.ended(this);
        watch.close();
        try {
            statement.close();
        } catch (SQLException ignored) {
            // The session's end closes it.
        }
    }
}
