package io.parallax.api.datasources;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.api.problems.Fault;
import io.parallax.api.problems.InvalidRequestException;
import io.parallax.api.problems.OutageLog;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SourceQuestion;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What clients want to know of sources: kept in the store until a worker has answered, and for an hour after that. */
@ApplicationScoped
public class SourceQuestions {
    private static final Logger LOG = Logger.getLogger(SourceQuestions.class);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final String NOBODY =
            "No worker is there yet. One is on its way where their number follows the work; ask again in a moment.";

    private static final String OPEN = "answer is null and failure is null";
    private static final JobQueue.Kind JOBS = JobQueue.Kind.sentOnce("Question", "source_question", OPEN);
    private static final String GIVE_UP = Unanswered.giveUp(
            "source_question",
            OPEN,
            "coalesce((q.question::json ->> 'seconds')::int, " + SourceQuestion.LOOK_UP_SECONDS
                    + ") * interval '1 second'");

    private final JobQueue queue;
    private final Pool store;
    /** How much longer than the answer itself may take. */
    private final Duration patience;

    SourceQuestions(
            JobQueue queue,
            Pool store,
            @ConfigProperty(name = "parallax.source-question-patience", defaultValue = "25s") Duration patience) {
        this.queue = queue;
        this.store = store;
        this.patience = patience;
    }

    /** Stores a question and sends it as soon as may be; its number. */
    Uni<Long> ask(long source, SourceQuestion question) {
        return store.preparedQuery("insert into source_question (source, question) values ($1, $2) returning id")
                .execute(Tuple.of(source, Codec.text(question)))
                .map(rows -> rows.iterator().next().getLong(0))
                .invoke(id -> sendPending()
                        .subscribe()
                        .with(done -> {}, failure -> OutageLog.warn(LOG, "Question " + id + " waits", failure)));
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws InvalidRequestException when the source has none to such a question
     * @throws ProblemException (504) when nobody answers in time, (503) when nobody is there who could
     */
    Uni<JsonNode> answer(long source, SourceQuestion question) {
        Duration wait = patience.plusSeconds(question.mostSeconds());
        return ask(source, question).chain(id -> settled(id, source)
                .onFailure(StillOpen.class)
                .retry()
                .withBackOff(PAUSE, PAUSE)
                .expireIn(wait.toMillis())
                .onFailure(failure -> failure instanceof StillOpen || failure.getCause() instanceof StillOpen)
                .recoverWithUni(() -> unanswered(id, wait)));
    }

    /** The question stays where the first worker to come finds it: the next one who asks has its answer soon. */
    private Uni<JsonNode> unanswered(long id, Duration wait) {
        return store.preparedQuery("select " + Room.NONE_FOR_IT + " as full, " + Room.ANY_WORKER + " as anybody"
                        + " from source_question q join data_source s on s.id = q.source where q.id = $1")
                .execute(Tuple.of(id))
                .map(rows -> {
                    for (Row row : rows) {
                        if (row.getBoolean("full")) {
                            throw new ProblemException(504, Room.none(wait));
                        }
                        if (!row.getBoolean("anybody")) {
                            throw new ProblemException(503, NOBODY);
                        }
                    }
                    throw new ProblemException(504, Unanswered.sentence(wait));
                });
    }

    private Uni<JsonNode> settled(long id, long source) {
        return state(id, source).map(state -> {
            if (state.failure().isPresent()) {
                Failure failure = state.failure().get();
                throw new InvalidRequestException(List.of(new Fault(
                        List.of("body"), failure.message(), failure.type().publicName())));
            }
            return state.answer().orElseThrow(StillOpen::new);
        });
    }

    /** Nobody has answered yet. */
    private static final class StillOpen extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StillOpen() {
            super("no answer yet", null, false, false);
        }
    }

    /**
     * Where a question stands.
     *
     * @param answer there once there is one
     * @param failure there once there will be none
     */
    record State(String kind, Optional<JsonNode> answer, Optional<Failure> failure) {}

    /**
     * Where the question of this number to this source stands.
     *
     * @throws ProblemException (404) when there is none
     */
    Uni<State> state(long id, long source) {
        return store.preparedQuery("select answer, failure, question::json ->> 'kind' as kind from source_question"
                        + " where id = $1 and source = $2")
                .execute(Tuple.of(id, source))
                .flatMap(rows -> {
                    for (Row row : rows) {
                        String answer = row.getString("answer");
                        return OffTheLoop.run(answer == null ? 0 : answer.length(), () -> state(row, answer));
                    }
                    throw ProblemException.notFound("task", id);
                });
    }

    private static State state(Row row, @Nullable String answer) {
        return new State(
                row.getString("kind"),
                Optional.ofNullable(answer).map(StoredJson::tree),
                Optional.ofNullable(row.getString("failure")).map(SourceQuestions::failure));
    }

    private static Failure failure(String text) {
        return StoredJson.read(text, Failure.class);
    }

    /** Gives up what has waited too long, forgets what is old, and sends what is not sent yet. */
    public Uni<Void> sweep() {
        Duration wait = patience.plusSeconds(SourceQuestion.LOOK_UP_SECONDS);
        Failure nobody = new Failure(ErrorType.WORKER_LOST, Unanswered.sentence(wait));
        Failure full = new Failure(ErrorType.SOURCE_UNREACHABLE, Room.none(wait));
        return store.query("delete from source_question where created_at < now() - interval '1 hour'")
                .execute()
                .chain(() -> store.preparedQuery(GIVE_UP)
                        .execute(Tuple.of((double) patience.toMillis(), Codec.text(nobody), Codec.text(full))))
                .chain(this::sendPending);
    }

    private Uni<Void> sendPending() {
        return queue.sendDue(JOBS, SourceQuestions::job);
    }

    private static Job job(Row row) {
        return new Job.AskSource(
                row.getLong("id"),
                JobQueue.source(row),
                StoredJson.read(row.getString("question"), SourceQuestion.class));
    }

    /** Keeps a worker's answer; the first one counts. */
    public Uni<Void> answered(Report.SourceAnswered report) {
        if (Boolean.TRUE.equals(report.handedBack())) {
            return queue.putBack(JOBS, report.job(), OPEN);
        }
        JsonNode answer = report.answer();
        Uni<@Nullable String> text = answer == null ? Uni.createFrom().nullItem() : OffTheLoop.run(answer::toString);
        return text.chain(json -> store.preparedQuery(
                                """
                                update source_question set answer = $2, failure = $3
                                where id = $1 and answer is null and failure is null""")
                        .execute(Tuple.of(
                                report.job(), json, report.failure() == null ? null : Codec.text(report.failure()))))
                .replaceWithVoid();
    }
}
