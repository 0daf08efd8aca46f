package io.parallax.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import io.parallax.contract.tally.Residue;
import io.parallax.worker.source.SealCheck;
import io.parallax.worker.work.RunningWork;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import io.smallrye.reactive.messaging.memory.InMemorySource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InMemoryChannels.class)
class WorkerFlowTest {
    /** Of a check after any other here. */
    private static final long LATER = 1_000_000_000_000_000L;

    private static final SealedSource FOREIGN = new SealedSource(1, "AQIDBAUGBwgJCgsMDQ4PEBESExQ=");

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector connector;

    @Inject
    RunningWork running;

    @Inject
    Seal seal;

    @Inject
    SealCheck seals;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    private InMemorySource<Message<byte[]>> jobs;
    private InMemorySource<Message<byte[]>> tasks;
    private InMemorySource<byte[]> control;
    private InMemorySink<byte[]> results;
    private InMemorySink<byte[]> deadLetters;

    @BeforeEach
    void openChannels() {
        jobs = connector.source("worker-jobs-in");
        tasks = connector.source("worker-tasks-in");
        control = connector.source("worker-control-in");
        results = connector.sink("worker-results-out");
        deadLetters = connector.sink("worker-dead-letter-out");
        results.clear();
        deadLetters.clear();
        control.send(Codec.encode(new Control.KeyCheck(seal.keyId(), seal.check(), LATER)));
        await().until(() -> seals.verdict() == SealCheck.Verdict.OPENS);
    }

    @Test
    void aTaskIsAcknowledgedOnlyAfterItsSignOfLife() {
        Acknowledgement acknowledged = new Acknowledgement();
        tasks.send(acknowledged.of(Codec.encode(task(10))));

        await().until(() -> failures(10).size() == 1);
        assertThat(acknowledged.reportsBefore).isEqualTo(1);
        assertThat(reports().get(0)).isInstanceOfSatisfying(Report.Alive.class, alive -> {
            assertThat(alive.diff()).isEqualTo(10);
            assertThat(alive.worker()).isEqualTo("worker-under-test");
            assertThat(alive.running()).containsExactly(new Report.Running(task(10).address(), 1));
        });
    }

    @Test
    void detailsThatDoNotOpenGoBackUnlessTheKeyIsTheRightOne() {
        // Given an API service that seals with another key
        Seal other = new Seal(SealingKey.fromBase64(SealingKey.random()));
        control.send(Codec.encode(new Control.KeyCheck(other.keyId(), other.check(), LATER)));
        await().until(() -> seals.verdict() == SealCheck.Verdict.WRONG);

        // Then it is for want of the key
        tasks.send(Message.of(Codec.encode(task(11))));
        await().until(() -> failures(11).size() == 1);
        assertThat(failures(11).get(0).failure().type()).isEqualTo(ErrorType.INTERNAL);
        assertThat(failures(11).get(0).failure().message()).contains("sealing key");
        assertThat(failures(11).get(0).handedBack()).isTrue();
        assertThat(reports()).noneMatch(Report.Alive.class::isInstance);
        jobs.send(Message.of(
                Codec.encode(new Job.AskSource(78, FOREIGN, new SourceQuestion.Query("select 1", 1, null)))));
        await().until(() -> reports().stream()
                .anyMatch(report -> report instanceof Report.SourceAnswered answered
                        && Boolean.TRUE.equals(answered.handedBack())));

        // When it has ours
        control.send(Codec.encode(new Control.KeyCheck(seal.keyId(), seal.check(), 2 * LATER)));
        await().until(() -> seals.verdict() == SealCheck.Verdict.OPENS);

        // Then nobody can open them
        tasks.send(Message.of(Codec.encode(task(18))));
        await().until(() -> failures(18).size() == 1);
        assertThat(failures(18).get(0).failure().message()).contains("sealing key");
        assertThat(failures(18).get(0).handedBack()).isNull();
    }

    @Test
    void whatALaterVersionCanReadGoesBack() {
        Acknowledgement acknowledged = new Acknowledgement();
        String later = new String(Codec.encode(task(19)), StandardCharsets.UTF_8)
                .replace("\"version\":1", "\"version\":" + (Codec.VERSION + 1));
        tasks.send(acknowledged.of(later.getBytes(StandardCharsets.UTF_8)));
        String question = "{\"version\":%d,\"type\":\"ask_source\",\"job\":79}".formatted(Codec.VERSION + 1);
        jobs.send(Message.of(question.getBytes(StandardCharsets.UTF_8)));

        await().until(() -> failures(19).size() == 1 && acknowledged.done);
        assertThat(failures(19).get(0).handedBack()).isTrue();
        assertThat(failures(19).get(0).address()).isEqualTo(task(19).address());
        await().until(() -> reports().stream()
                .anyMatch(report -> report instanceof Report.SourceAnswered answered
                        && answered.job() == 79
                        && Boolean.TRUE.equals(answered.handedBack())));
        assertThat(deadLetters.received()).isEmpty();
    }

    @Test
    void aPlanOfALaterVersionGoesBack() {
        SealedSource opens = new SealedSource(
                1,
                seal.seal(
                        Codec.encode(new SourceDetails("pg", JsonNodeFactory.instance.objectNode())),
                        SealedSource.context(1)));
        CompareTask task = new CompareTask(
                new TaskAddress(20, 1, 1, 0),
                1,
                JsonNodeFactory.instance.objectNode().put("reader", Codec.VERSION + 1),
                JsonNodeFactory.instance.objectNode(),
                opens,
                opens);
        String asFirst = new String(Codec.encode(task), StandardCharsets.UTF_8)
                .replace("\"version\":" + (Codec.VERSION + 1), "\"version\":1");
        tasks.send(Message.of(asFirst.getBytes(StandardCharsets.UTF_8)));
        await().until(() -> failures(20).size() == 1);
        assertThat(failures(20).get(0).handedBack()).isTrue();
    }

    @Test
    void isNotReadyBeforeKafkaGivesItWork() throws IOException {
        assertThat(((HttpURLConnection) readiness.openConnection()).getResponseCode())
                .isEqualTo(503);
    }

    @Test
    void planningJobsFailTheSameWay() {
        Dataset table = new Dataset(List.of("t"), null, null);
        DiffSpec spec = new DiffSpec(table, table, List.of("id"), List.of(), List.of());
        TaskAddress planning = TaskAddress.planning(12, 1);
        jobs.send(Message.of(Codec.encode(Job.PlanDiff.first(planning, 2, spec, FOREIGN, FOREIGN))));
        await().until(() -> failures(12).size() == 1);
        assertThat(failures(12).get(0).address()).isEqualTo(planning);
        assertThat(failures(12).get(0).attempt()).isEqualTo(2);
    }

    @Test
    void jobsOfLaterStagesFailTheSameWay() {
        TaskAddress stage = new TaskAddress(16, 1, 2, 0);
        Acknowledgement acknowledged = new Acknowledgement();
        jobs.send(acknowledged.of(Codec.encode(new Job.NextStage(
                stage,
                3,
                JsonNodeFactory.instance.objectNode(),
                Residue.zero(4, JsonNodeFactory.instance.objectNode()),
                FOREIGN,
                FOREIGN))));
        await().until(() -> failures(16).size() == 1);
        assertThat(acknowledged.reportsBefore).isEqualTo(1);
        assertThat(failures(16).get(0).address()).isEqualTo(stage);
        assertThat(failures(16).get(0).attempt()).isEqualTo(3);
        assertThat(failures(16).get(0).replan()).isNull();
    }

    @Test
    void aSourceTestThatCannotBeginHasAnOutcomeForEveryStep() {
        jobs.send(Message.of(Codec.encode(new Job.TestSource(77, FOREIGN))));
        await().until(() -> reports().stream().anyMatch(Report.SourceTested.class::isInstance));
        Report.SourceTested tested = (Report.SourceTested) reports().stream()
                .filter(Report.SourceTested.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(tested.job()).isEqualTo(77);
        assertThat(tested.steps())
                .extracting(step -> step.step())
                .containsExactly("connection", "temp_schema", "schema_download");
    }

    @Test
    void tablesThatCannotBeDroppedAreReported() {
        jobs.send(Message.of(Codec.encode(new Job.DropTables(17, FOREIGN, "scratch", "parallax_17"))));
        await().until(() -> reports().stream().anyMatch(Report.TablesDropped.class::isInstance));
        assertThat(reports())
                .filteredOn(Report.TablesDropped.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Report.TablesDropped.class, dropped -> {
                    assertThat(dropped.job()).isEqualTo(17);
                    assertThat(dropped.failure()).isNotNull();
                });
    }

    @Test
    void unreadableRecordsAreSetAsideAndHoldUpNobody() {
        Acknowledgement acknowledged = new Acknowledgement();
        byte[] garbage = "{\"version\":99}".getBytes(StandardCharsets.UTF_8);
        tasks.send(acknowledged.of(garbage));
        tasks.send(Message.of(Codec.encode(task(13))));

        await().until(() -> failures(13).size() == 1);
        assertThat(deadLetters.received()).hasSize(1);
        assertThat(deadLetters.received().get(0).getPayload()).isEqualTo(garbage);
        assertThat(acknowledged.done).isTrue();
    }

    @Test
    void workOfAStoppedDiffIsDropped() {
        control.send(Codec.encode(new Control.StopDiff(14, 1)));
        await().until(() -> refused(new Report.Running(TaskAddress.planning(14, 1), 1)));
        Acknowledgement acknowledged = new Acknowledgement();
        tasks.send(acknowledged.of(Codec.encode(task(14))));
        tasks.send(Message.of(Codec.encode(task(15))));

        await().until(() -> failures(15).size() == 1);
        assertThat(acknowledged.done).isTrue();
        assertThat(failures(14)).isEmpty();
    }

    private boolean refused(Report.Running probe) {
        boolean refused = running.begin(probe).isEmpty();
        running.end(probe);
        return refused;
    }

    private static CompareTask task(long diff) {
        return new CompareTask(
                new TaskAddress(diff, 1, 1, 0),
                1,
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                FOREIGN,
                FOREIGN);
    }

    private List<Report.TaskFailed> failures(long diff) {
        return reports().stream()
                .filter(Report.TaskFailed.class::isInstance)
                .map(Report.TaskFailed.class::cast)
                .filter(failed -> failed.address().diff() == diff)
                .toList();
    }

    private List<Report> reports() {
        return results.received().stream().map(WorkerFlowTest::report).toList();
    }

    private static Report report(Message<byte[]> message) {
        try {
            return Codec.decode(message.getPayload(), Report.class);
        } catch (UnreadableMessageException e) {
            throw new AssertionError(e);
        }
    }

    /** Sees when a message is acknowledged, and how many reports were out by then. */
    private final class Acknowledgement {
        private volatile boolean done;
        private volatile int reportsBefore;

        Message<byte[]> of(byte[] payload) {
            return Message.of(payload, () -> {
                reportsBefore = results.received().size();
                done = true;
                return java.util.concurrent.CompletableFuture.completedFuture(null);
            });
        }
    }
}
