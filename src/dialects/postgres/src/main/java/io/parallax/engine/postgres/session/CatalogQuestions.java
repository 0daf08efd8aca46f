package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session.RowReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/**
 * Questions of ours about the server and what its catalog knows, which read nothing else: names in them mean PostgreSQL's
 * own, whatever the login's search_path. Each in one trip.
 */
public final class CatalogQuestions {
    private final PostgresSession session;

    CatalogQuestions(PostgresSession session) {
        this.session = session;
    }

    /** All rows of a query. */
    public <T> List<T> list(String sql, RowReader<T> reader) {
        try (Statement statement = session.statements().plain(0);
                Cancellation.Watch watch = session.watch(statement)) {
            statement.execute(SessionSettings.OWN_NAMES + "; " + sql + "; "
                    + session.told().names());
            statement.getMoreResults();
            try (ResultSet rows = Objects.requireNonNull(statement.getResultSet())) {
                return ResultRows.read(rows, reader);
            }
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    /** The same of the only row. */
    public <T> T row(String sql, RowReader<T> reader) {
        return ResultRows.only(list(sql, reader));
    }

    /**
     * All rows of a question that is asked of many tables, with question marks for what differs: where no pooler is in
     * between, the server keeps its plan, which takes longer than the answer. Parameters have the type of what they are
     * compared with.
     */
    public <T> List<T> listOf(String sql, RowReader<T> reader, Object... parameters) {
        String whole = session.isDirect()
                ? String.join(
                        "; ",
                        SessionSettings.OWN_NAMES,
                        SessionSettings.ONE_PLAN,
                        sql,
                        session.told().plans(),
                        session.told().names())
                : String.join(
                        "; ", SessionSettings.OWN_NAMES, sql, session.told().names());
        try (PreparedStatement statement = session.statements().prepared(whole, parameters);
                Cancellation.Watch watch = session.watch(statement)) {
            boolean isQuestion = statement.execute();
            while (!isQuestion && statement.getUpdateCount() >= 0) {
                isQuestion = statement.getMoreResults();
            }
            try (ResultSet rows = Objects.requireNonNull(statement.getResultSet())) {
                return ResultRows.read(rows, reader);
            }
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    /** The same of the only row. */
    public <T> T rowOf(String sql, RowReader<T> reader, Object... parameters) {
        return ResultRows.only(listOf(sql, reader, parameters));
    }

    /** The only row of a question that is the same whatever is compared, and names all it means in full; likewise. */
    public <T> T known(String sql, RowReader<T> reader) {
        try (PreparedStatement statement = session.statements().prepared(OwnSql.spelledOut(sql));
                Cancellation.Watch watch = session.watch(statement);
                ResultSet rows = statement.executeQuery()) {
            return ResultRows.only(ResultRows.read(rows, reader));
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }
}
