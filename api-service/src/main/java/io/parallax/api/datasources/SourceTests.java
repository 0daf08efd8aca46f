package io.parallax.api.datasources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.messaging.Underway;
import io.parallax.api.messaging.WorkerMessages;
import io.parallax.api.problems.ProblemException;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.TestStep;
import io.parallax.outcome.answer.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Tests of data sources: stored, sent to a worker, answered or given up. */
@ApplicationScoped
public class SourceTests implements PanacheRepository<SourceTest> {
    private static final Logger LOG = Logger.getLogger(SourceTests.class);
    private static final ObjectMapper MAPPER = Codec.mapper();
    private static final TypeReference<List<TestStep>> STEPS = new TypeReference<>() {};

    private final WorkerMessages messages;
    private final Underway underway;
    private final Pool store;
    private final Duration patience;

    SourceTests(
            WorkerMessages messages,
            Underway underway,
            Pool store,
            @ConfigProperty(name = "parallax.source-test-patience", defaultValue = "60s") Duration patience) {
        this.messages = messages;
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

    private String sentence() {
        return "No worker answered within " + patience.toSeconds() + " seconds. Is one running?";
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
        return underway.counted(store.preparedQuery(
                        """
                        update source_test q set failure = case when %s then $3 else $2 end
                        from data_source s
                        where s.id = q.source and q.steps is null and q.failure is null
                          and q.created_at < now() - $1 * interval '1 millisecond'
                            - case when %s then interval '0' else %s end"""
                                .formatted(Room.NONE_FOR_IT, Room.ANY_WORKER, Room.FOR_THE_FIRST_WORKER))
                .execute(Tuple.of((double) patience.toMillis(), sentence(), Room.none(patience)))
                .chain(() -> store.preparedQuery(
                                """
                                with %s
                                update source_test t set sent_at = now()
                                from data_source s
                                where s.id = t.source and t.id in (
                                    select id from source_test
                                    where steps is null and failure is null and sent_at is null
                                    order by id limit 100 for update skip locked)
                                  and (s.max_allowed_connections is null or t.id in (select id from roomy))
                                returning t.id, s.id as source, s.sealed, s.max_allowed_connections as allowed,
                                          s.temp_schema"""
                                        .formatted(Room.forTheFirstOf(
                                                "source_test",
                                                "steps is null and failure is null and sent_at is null")))
                        .execute())
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndMerge(this::send)
                .collect()
                .asList()
                .replaceWithVoid());
    }

    private Uni<Void> send(Row row) {
        long id = row.getLong("id");
        SealedSource source =
                new SealedSource(row.getLong("source"), row.getString("sealed"), row.getInteger("allowed"));
        Job job = new Job.TestSource(id, source, row.getString("temp_schema"));
        return messages.job(job).onFailure().recoverWithUni(failure -> {
            LOG.warnf("Test %d of a source waits for Kafka: %s", id, failure.getMessage());
            return store.preparedQuery("update source_test set sent_at = null where id = $1")
                    .execute(Tuple.of(id))
                    .replaceWithVoid();
        });
    }

    /** Keeps a worker's answer; the first one counts. */
    public Uni<Void> answered(Report.SourceTested report) {
        if (Boolean.TRUE.equals(report.handedBack())) {
            return store.preparedQuery("update source_test set sent_at = null where id = $1 and steps is null")
                    .execute(Tuple.of(report.job()))
                    .replaceWithVoid();
        }
        return store.preparedQuery("update source_test set steps = $2 where id = $1 and steps is null")
                .execute(Tuple.of(report.job(), Codec.text(report.steps())))
                .replaceWithVoid();
    }
}
