package io.parallax.engine.question;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.TestStep;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.session.TimeLimit;
import io.parallax.engine.session.WritingSession;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries a source out, step by step. */
public final class SourceTrial {
    private static final String CONNECTION = "connection";
    private static final String TEMP_SCHEMA = "temp_schema";
    private static final String SCHEMA_DOWNLOAD = "schema_download";

    /** Less than clients wait for all steps. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Sessions sessions;
    private final @Nullable String tempSchema;

    /** {@code tempSchema}: where tables are to be written to; null for nowhere. */
    public SourceTrial(Sessions sessions, @Nullable String tempSchema) {
        this.sessions = sessions;
        this.tempSchema = tempSchema;
    }

    /** Every step with its outcome, in order. */
    public List<TestStep> run(SourceDetails source, Cancellation cancellation) {
        try (TimeLimit time = new TimeLimit(LIMIT, cancellation)) {
            return run(source, cancellation, time);
        }
    }

    private List<TestStep> run(SourceDetails source, Cancellation cancellation, TimeLimit time) {
        try {
            TestStep connection;
            TestStep download;
            // One after the other, as a source may allow one connection only.
            try (Session session = sessions.open(source, cancellation)) {
                connection = success(
                        CONNECTION, "Connected to " + Dialects.catalog(session).server() + ".");
                download = download(session, time);
            }
            return List.of(connection, writing(source, cancellation, time), download);
        } catch (DiffFailedException e) {
            return List.of(
                    failed(CONNECTION, e, time),
                    skipped(TEMP_SCHEMA, "There is no connection."),
                    skipped(SCHEMA_DOWNLOAD, "There is no connection."));
        }
    }

    /** Makes a table, which nobody ever sees. */
    private TestStep writing(SourceDetails source, Cancellation cancellation, TimeLimit time) {
        if (tempSchema == null) {
            return skipped(TEMP_SCHEMA, "No temporary schema is configured.");
        }
        try (WritingSession session = sessions.openToWrite(source, cancellation)) {
            session.execute("create table " + Dialects.of(source).expressions().identifier(tempSchema)
                    + ".parallax_test (id int)");
            return success(TEMP_SCHEMA, "Tables can be written to " + tempSchema + ".");
        } catch (DiffFailedException e) {
            return failed(TEMP_SCHEMA, e, time);
        }
    }

    private static TestStep download(Session session, TimeLimit time) {
        try {
            long tables = Dialects.catalog(session).visibleTables();
            return success(SCHEMA_DOWNLOAD, "Tables and views to see: " + tables + ".");
        } catch (DiffFailedException e) {
            return failed(SCHEMA_DOWNLOAD, e, time);
        }
    }

    private static TestStep success(String step, String message) {
        return new TestStep(step, TestStep.Outcome.SUCCESS, "ok", message);
    }

    private static TestStep skipped(String step, String message) {
        return new TestStep(step, TestStep.Outcome.SKIPPED, "skipped", message);
    }

    private static TestStep failed(String step, DiffFailedException failure, TimeLimit time) {
        DiffFailedException e = time.told(failure, "Try again when the source has less to do.");
        return new TestStep(
                step,
                TestStep.Outcome.FAILED,
                e.failure().type().publicName(),
                e.failure().message());
    }
}
