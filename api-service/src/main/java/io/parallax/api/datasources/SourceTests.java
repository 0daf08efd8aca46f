package io.parallax.api.datasources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.messaging.Underway;
import io.parallax.api.problems.ProblemException;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TestStep;
import io.parallax.outcome.answer.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tests of data sources: stored, sent to a worker, answered or given up. */
@ApplicationScoped
public class SourceTests implements PanacheRepository<SourceTest> {
    private static final ObjectMapper MAPPER = Codec.mapper();
    private static final TypeReference<List<TestStep>> STEPS = new TypeReference<>() {};

    private static final String OPEN = "steps is null and failure is null";
    private static final JobQueue.Kind JOBS = JobQueue.Kind.sentOnce("Test of a source", "source_test", OPEN);
    private static final String GIVE_UP = Unanswered.giveUp("source_test", OPEN, "interval '0'");

    private final JobQueue queue;
    private final Underway underway;
    private final Pool store;
    private final Duration patience;

    SourceTests(
            JobQueue queue,
            Underway underway,
            Pool store,
            @ConfigProperty(name = "parallax.source-test-patience", defaultValue = "60s") Duration patience) {
        this.queue = queue;
        this.underway = underway;
        this.store = store;
        this.patience = patience;
    }

    /** Stores a test; {@link #sendPending()} sends it. */
    @WithTransaction
    Uni<SourceTest> add(DataSource source) {
        SourceTest test = new SourceTest();
        test.source = source.id;
        test.createdAt = Timestamps.now();
        return persistAndFlush(test);
    }

    @WithSession
    Uni<SourceTestObject> existing(long id) {
        return findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("test", id))
                .map(this::shown);
    }

    private SourceTestObject shown(SourceTest test) {
        if (test.steps != null) {
            return SourceTestObject.answered(test.id, parse(test.steps));
        }
        if (test.failure != null) {
            return SourceTestObject.unanswered(test.id, test.failure);
        }
        return SourceTestObject.waiting(test.id);
    }

    private static List<TestStep> parse(String steps) {
        try {
            return MAPPER.readValue(steps, STEPS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("steps in the store are no JSON", e);
        }
    }

    /** Sends what is not sent yet, and gives up what has waited too long. */
    public Uni<Void> sendPending() {
        return underway.counted(store.preparedQuery(GIVE_UP)
                .execute(Tuple.of((double) patience.toMillis(), Unanswered.sentence(patience), Room.none(patience)))
                .chain(() -> queue.sendDue(JOBS, SourceTests::job)));
    }

    private static Job job(Row row) {
        return new Job.TestSource(row.getLong("id"), JobQueue.source(row), row.getString("temp_schema"));
    }

    /** Keeps a worker's answer; the first one counts. */
    public Uni<Void> answered(Report.SourceTested report) {
        if (Boolean.TRUE.equals(report.handedBack())) {
            return queue.putBack(JOBS, report.job(), "steps is null");
        }
        return store.preparedQuery("update source_test set steps = $2 where id = $1 and steps is null")
                .execute(Tuple.of(report.job(), Codec.text(report.steps())))
                .replaceWithVoid();
    }
}
