package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session.RowReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Questions of ours about the server and what its catalog knows, which read nothing else: names in them mean PostgreSQL's
 * own, whatever the login's search_path. Each in one trip.
 */
public final class CatalogQuestions {
    private final PostgresSession session;

    CatalogQuestions(PostgresSession session) {
        this.session = session;
    }

    /**
     * One that is asked of many tables.
     *
     * @param sql with question marks for what differs, each cast from text to the type of what it is compared with
     * @param parameters in their order
     */
    public record Question(String sql, List<String> parameters) {
        public static Question of(String sql, Object... parameters) {
            return new Question(sql, Stream.of(parameters).map(String::valueOf).toList());
        }
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
     * Asks all of these in one trip, for those who ask each of them with {@link #listOf} later: what the session's snapshot says of
     * the catalog stays what it is.
     */
    public void ahead(List<Question> questions) {
        try {
            PreparedStatement statement = prepared(questions);
            try (Cancellation.Watch watch = session.watch(statement)) {
                session.answersAhead().keep(questions, statement, results(statement, questions.size()));
            } catch (SQLException | RuntimeException e) {
                statement.close();
                throw e;
            }
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    /**
     * All rows of a question that is asked of many tables: where no pooler is in between, the server keeps its plan, which takes
     * longer than the answer.
     */
    public <T> List<T> listOf(String sql, RowReader<T> reader, Object... parameters) {
        Question question = Question.of(sql, parameters);
        try {
            ResultSet ahead = session.answersAhead().take(question);
            return ahead == null ? asked(question, reader) : read(ahead, reader);
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    private <T> List<T> asked(Question question, RowReader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepared(List.of(question));
                Cancellation.Watch watch = session.watch(statement)) {
            return read(results(statement, 1).get(0), reader);
        }
    }

    private static <T> List<T> read(ResultSet answer, RowReader<T> reader) throws SQLException {
        try (answer) {
            return ResultRows.read(answer, reader);
        }
    }

    private PreparedStatement prepared(List<Question> questions) throws SQLException {
        List<String> all = new ArrayList<>(List.of(SessionSettings.OWN_NAMES));
        if (session.isDirect()) {
            all.add(SessionSettings.ONE_PLAN);
        }
        questions.forEach(question -> all.add(question.sql()));
        if (session.isDirect()) {
            all.add(session.told().plans());
        }
        all.add(session.told().names());
        return session.statements()
                .prepared(
                        String.join("; ", all),
                        questions.stream()
                                .flatMap(question -> question.parameters().stream())
                                .toArray());
    }

    /** Those of its questions; after them may come answers of what is told a session again. */
    private static List<ResultSet> results(PreparedStatement statement, int questions) throws SQLException {
        List<ResultSet> results = new ArrayList<>();
        boolean isQuestion = statement.execute();
        while (isQuestion || statement.getUpdateCount() >= 0) {
            if (isQuestion && results.size() < questions) {
                results.add(Objects.requireNonNull(statement.getResultSet()));
            }
            isQuestion = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
        }
        return results;
    }

    /** The same of the only row. */
    public <T> T rowOf(String sql, RowReader<T> reader, Object... parameters) {
        return ResultRows.only(listOf(sql, reader, parameters));
    }

    /** The only row of a question that is the same whatever is compared, and names all it means in full; likewise. */
    public <T> T known(String sql, RowReader<T> reader) {
        try (PreparedStatement statement = session.statements().prepared(OwnSql.spelledOut(sql));
                Cancellation.Watch watch = session.watch(statement)) {
            return ResultRows.only(read(statement.executeQuery(), reader));
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }
}
