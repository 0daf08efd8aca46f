package io.parallax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Codec;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.message.TestStep;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.compare.TaskRun;
import io.parallax.engine.compare.range.DiffRateHistory;
import io.parallax.engine.dialect.RowHash;
import io.parallax.engine.dialect.SourceSessions;
import io.parallax.engine.plan.Planner;
import io.parallax.engine.plan.stage.NextStage;
import io.parallax.engine.plan.stage.Takeover;
import io.parallax.engine.question.SourceAnswers;
import io.parallax.engine.question.SourceTrial;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.Staged;
import io.parallax.engine.task.Taken;
import io.parallax.engine.task.TaskBody;
import io.parallax.engine.write.Tables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares two datasets: first a plan, then its tasks, in any order, anywhere, each as often as need be. */
public class DiffEngine implements AutoCloseable {
    private final Sessions sessions;
    private final Planner planner;
    private final Sizing sizing;
    private final @Nullable RowHash rowHash;
    private final DiffRateHistory history;

    public DiffEngine(EngineSettings settings) {
        this(settings, null);
    }

    /** With another hash of rows than the dialect's; for tests that want to see what a worse one misses. */
    public DiffEngine(EngineSettings settings, @Nullable RowHash rowHash) {
        this(settings.sizing(), new SourceSessions(settings.connections()), rowHash);
    }

    /** On these sessions, which it closes with itself. */
    DiffEngine(Sizing sizing, Sessions sessions, @Nullable RowHash rowHash) {
        this.sessions = sessions;
        this.sizing = sizing;
        this.rowHash = rowHash;
        this.history = new DiffRateHistory(sizing);
        this.planner = new Planner(sessions, sizing, context -> new TaskRun(sessions, context, rowHash, history));
    }

    /**
     * The plan of a diff.
     *
     * @param a where dataset A lives
     * @param b where dataset B lives; may be the same source
     * @throws DiffFailedException when the diff cannot be done
     */
    public final Planned plan(DiffSpec spec, SourceDetails a, SourceDetails b, Cancellation cancellation) {
        return plan(spec, new Databases(a, b), null, null, cancellation);
    }

    /** The same of a diff whose keys may be counted already. */
    public final Planned plan(
            DiffSpec spec, SourceDetails a, SourceDetails b, @Nullable Tally keys, Cancellation cancellation) {
        return plan(spec, new Databases(a, b), keys, null, cancellation);
    }

    /**
     * The same of a diff that may write, too.
     *
     * @param keys the sum over a plan that counted keys only; null when there was none
     * @param temporary what the names of its temporary tables begin with; null where it makes none
     */
    public Planned plan(
            DiffSpec spec,
            Databases databases,
            @Nullable Tally keys,
            @Nullable String temporary,
            Cancellation cancellation) {
        return planner.plan(spec, databases, keys, temporary, cancellation);
    }

    /**
     * What one task counts; adds up with its plan's other tasks and what the plan settled itself.
     *
     * @param common the plan's {@code common}
     * @param body one of the plan's {@code tasks}
     * @throws DiffFailedException when the task cannot be done
     */
    public Compared compare(JsonNode common, JsonNode body, Databases databases, Cancellation cancellation) {
        return new TaskRun(sessions, read(common, PlanContext.class), rowHash, history)
                .run(read(body, TaskBody.class), databases, cancellation);
    }

    /**
     * Keeps what a plan's tasks depend on in place of who keeps it so far, and is still there.
     *
     * @param common the plan's {@code common}
     * @throws DiffFailedException when that cannot be
     */
    public Taken takeOver(JsonNode common, Databases databases, Cancellation cancellation) {
        return new Takeover(sessions).take(read(common, PlanContext.class), databases, cancellation);
    }

    /** The same of a diff that writes no rows. */
    public final Compared compare(
            JsonNode common, JsonNode body, SourceDetails a, SourceDetails b, Cancellation cancellation) {
        return compare(common, body, new Databases(a, b), cancellation);
    }

    /**
     * Drops all tables of a schema whose names begin with a prefix.
     *
     * @throws DiffFailedException when some are still there
     */
    public void dropTables(SourceDetails source, String schema, String prefix, Cancellation cancellation) {
        new Tables(sessions).drop(source, schema, prefix, cancellation);
    }

    /**
     * What becomes of a stage's residue: what is settled by it, and the tasks of the next stage.
     *
     * @param common the plan's {@code common}
     * @param residue the sum over all tasks of the stage
     */
    public Staged nextStage(JsonNode common, Residue residue) {
        try {
            return new NextStage(read(common, PlanContext.class), sizing, residue).make();
        } catch (UnreadableMessageException e) {
            throw unreadable(e);
        }
    }

    /**
     * Tries a source; {@code tempSchema}: where tables are to be written to, null for nowhere. Every step has an outcome, whatever happens.
     */
    public List<TestStep> test(SourceDetails source, @Nullable String tempSchema, Cancellation cancellation) {
        return new SourceTrial(sessions, tempSchema).run(source, cancellation);
    }

    /**
     * What a client wants to know of a source.
     *
     * @throws DiffFailedException when there is no answer
     */
    public JsonNode answer(SourceQuestion question, SourceDetails source, Cancellation cancellation) {
        return new SourceAnswers(sessions).answer(question, source, cancellation);
    }

    /** Gives back the connections and threads that it keeps; what is under way goes on to its end. */
    @Override
    public void close() {
        sessions.close();
    }

    private static <T> T read(JsonNode json, Class<T> type) {
        try {
            return Codec.fromJson(json, type);
        } catch (UnreadableMessageException e) {
            throw unreadable(e);
        }
    }

    private static DiffFailedException unreadable(UnreadableMessageException e) {
        String why = "The task was planned by a version that this worker cannot read.";
        return e.isNewer()
                ? DiffFailedException.handingBack(why, e)
                : new DiffFailedException(ErrorType.INTERNAL, why, e);
    }
}
