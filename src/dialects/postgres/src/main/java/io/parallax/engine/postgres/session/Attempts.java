package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.session.Cancellation;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Statements that are tried to see whether the server takes them; what they do is undone. In one trip if it does. */
final class Attempts {
    private static final String BEFORE = "savepoint parallax_attempt";
    private static final String BACK = "rollback to savepoint parallax_attempt";

    private final PostgresSession session;

    Attempts(PostgresSession session) {
        this.session = session;
    }

    /** Whether the server takes them, one after the other, other than by such errors. */
    boolean areTaken(Predicate<SQLException> isNo, String... statements) {
        session.settle();
        String all = Stream.of(Stream.of(BEFORE), Stream.of(statements).map(OwnSql::spelledOut), Stream.of(BACK))
                .flatMap(each -> each)
                .collect(Collectors.joining(";\n"));
        try {
            run(all);
            return true;
        } catch (SQLException e) {
            if (!isNo.test(e)) {
                throw session.failure(e);
            }
            session.tell(BACK);
            return false;
        }
    }

    private void run(String statements) throws SQLException {
        try (Statement statement = session.statements().plain(0);
                Cancellation.Watch watch = session.watch(statement)) {
            statement.execute(statements);
        }
    }
}
