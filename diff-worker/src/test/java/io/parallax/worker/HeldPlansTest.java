package io.parallax.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.EngineSettings;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Staged;
import io.parallax.engine.task.Taken;
import io.parallax.worker.config.WorkerName;
import io.parallax.worker.report.Reports;
import io.parallax.worker.source.SealCheck;
import io.parallax.worker.source.SourceVault;
import io.parallax.worker.work.HeldSnapshots;
import io.parallax.worker.work.RunningWork;
import io.parallax.worker.work.TaskExecutor;
import io.parallax.worker.work.WorkMetrics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker does for plans that hold something and for later stages, with an engine that plays along. */
@QuarkusTest
@QuarkusTestResource(InMemoryChannels.class)
class HeldPlansTest {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final Seal seal = new Seal(SealingKey.loadAll(SealingKey.random(), null));
    private final FakeHold hold = new FakeHold();

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector connector;

    @Inject
    Reports reports;

    @Inject
    RunningWork running;

    @Inject
    HeldSnapshots heldSnapshots;

    @Inject
    WorkerName name;

    @BeforeEach
    void forget() {
        connector.sink("worker-results-out").clear();
    }

    @Test
    void whatAPlanHoldsIsAliveUntilItsDiffIsOver() {
        // When
        plan(30);

        // Then
        await().until(() -> signsOfLife(30) >= 3);
        assertThat(hold.closed).hasValue(0);
        assertThat(sent(Report.PlanMade.class)).hasSize(1);

        // When
        stop(new Control.StopDiff(30, 1));

        // Then
        await().until(() -> hold.closed.get() == 1);
        assertThat(failures(30)).isEmpty();
        await().until(() -> !running.byDiff().containsKey(30L));
    }

    @Test
    void anOlderPlansEndIsNotItsOwn() {
        stop(new Control.StopDiff(31, 1));
        heldSnapshots.keep(TaskAddress.planning(31, 2), hold);
        await().until(() -> hold.checks.get() >= 3);
        assertThat(hold.closed).hasValue(0);
        stop(new Control.StopTask(TaskAddress.holding(31, 2), 1));
        await().until(() -> hold.closed.get() == 1);
    }

    @Test
    void aLostHoldAsksForANewPlan() {
        // Given
        plan(32);
        await().until(() -> hold.checks.get() >= 1);

        // When
        hold.isThere = false;

        // Then
        await().until(() -> failures(32).size() == 1);
        Report.TaskFailed failed = failures(32).get(0);
        assertThat(failed.address()).isEqualTo(TaskAddress.holding(32, 1));
        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(failed.replan()).isTrue();
        assertThat(failed.failure().type()).isEqualTo(ErrorType.SOURCE_UNREACHABLE);
        assertThat(failed.failure().message()).startsWith("The snapshot of this diff was lost: ");
        assertThat(hold.closed).hasValue(1);
        assertThat(running.byDiff()).doesNotContainKey(32L);
    }

    @Test
    void aHoldWhoseDiffWasOverBeforeIsClosedAtOnce() {
        stop(new Control.StopDiff(33, 1));
        await().until(() -> running.begin(new Report.Running(TaskAddress.planning(33, 1), 1))
                .isEmpty());
        heldSnapshots.keep(TaskAddress.planning(33, 1), hold);
        await().until(() -> hold.closed.get() == 1);
    }

    @Test
    void aPlanThatWasStoppedKeepsNothing() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();
        taskExecutor().plan(planningJob(34), cancellation);
        assertThat(hold.closed).hasValue(1);
        assertThat(sent(Report.PlanMade.class)).isEmpty();
    }

    @Test
    void theSamePlanMadeTwiceIsHeldOnce() {
        FakeHold second = new FakeHold();
        heldSnapshots.keep(TaskAddress.planning(35, 1), hold);
        heldSnapshots.keep(TaskAddress.planning(35, 1), second);
        assertThat(second.closed).hasValue(1);
        assertThat(hold.closed).hasValue(0);
        stop(new Control.StopDiff(35, 1));
        await().until(() -> hold.closed.get() == 1);
    }

    @Test
    void whatAnotherWorkerHeldIsAliveUntilItsDiffIsOver() {
        // When
        taskExecutor().takeOver(new Job.TakeOver(TaskAddress.holding(40, 1), 2, NOTHING, source(), source()));

        // Then
        assertThat(sent(Report.TakenOver.class))
                .containsExactly(
                        new Report.TakenOver(TaskAddress.holding(40, 1), 2, "worker-under-test", FakeEngine.TAKEN));
        assertThat(running.byDiff().get(40L)).containsExactly(new Report.Running(TaskAddress.holding(40, 1), 2));
        stop(new Control.StopTask(TaskAddress.holding(40, 1), 1));
        stop(new Control.StopDiff(41, 1));
        await().until(() -> running.begin(new Report.Running(TaskAddress.planning(41, 1), 1))
                .isEmpty());
        assertThat(hold.closed).hasValue(0);
        stop(new Control.StopDiff(40, 1));
        await().until(() -> hold.closed.get() == 1);
    }

    @Test
    void nothingIsToldOfWhatCannotBeTakenOver() {
        hold.isThere = false;
        taskExecutor().takeOver(new Job.TakeOver(TaskAddress.holding(42, 1), 2, NOTHING, source(), source()));
        assertThat(sent(Report.class)).isEmpty();
        assertThat(running.byDiff()).doesNotContainKey(42L);
    }

    @Test
    void goingAwayLetsGoOfEverything() {
        HeldSnapshots own = new HeldSnapshots(reports, running, name, Duration.ofMinutes(1));
        own.keep(TaskAddress.planning(36, 1), hold);
        own.close();
        assertThat(hold.closed).hasValue(1);
        running.stop(new Control.StopDiff(36, 1));
    }

    @Test
    void aStageThatIsMadeIsReported() {
        TaskAddress address = new TaskAddress(37, 1, 2, 0);
        taskExecutor()
                .nextStage(
                        new Job.NextStage(
                                address,
                                2,
                                NOTHING,
                                Residue.zero(4, JsonNodeFactory.instance.objectNode()),
                                source(),
                                source()),
                        new Cancellation());
        assertThat(sent(Report.StageMade.class))
                .containsExactly(new Report.StageMade(
                        address, 2, "worker-under-test", Tally.zero(4), List.of(NOTHING), Effort.NONE));
    }

    @Test
    void aTaskWhosePlanIsLostSaysSo() {
        taskExecutor()
                .compare(
                        new CompareTask(new TaskAddress(38, 1, 1, 0), 1, NOTHING, NOTHING, source(), source()),
                        null,
                        new Cancellation());
        assertThat(failures(38).get(0).replan()).isTrue();
    }

    @Test
    void whatATaskLeavesGoesWithItsTally() {
        taskExecutor()
                .compare(
                        new CompareTask(
                                new TaskAddress(39, 1, 1, 0),
                                1,
                                NOTHING,
                                JsonNodeFactory.instance.numberNode(7),
                                source(),
                                source()),
                        null,
                        new Cancellation());
        assertThat(sent(Report.TaskDone.class).get(0).residue())
                .isEqualTo(Residue.zero(7, JsonNodeFactory.instance.objectNode()));
        assertThat(sent(Report.TaskDone.class).get(0).rows()).isEmpty();
    }

    private void plan(long diff) {
        taskExecutor().plan(planningJob(diff), new Cancellation());
    }

    private TaskExecutor taskExecutor() {
        return new TaskExecutor(
                Runnable::run,
                new FakeEngine(hold),
                new SourceVault(seal, new SealCheck(seal)),
                reports,
                running,
                heldSnapshots,
                name,
                new WorkMetrics(new SimpleMeterRegistry()));
    }

    private Job.PlanDiff planningJob(long diff) {
        Dataset table = new Dataset(List.of("t"), null, null);
        DiffSpec spec = new DiffSpec(table, table, List.of("id"), List.of(), List.of());
        return Job.PlanDiff.first(TaskAddress.planning(diff, 1), 1, spec, source(), source());
    }

    private SealedSource source() {
        SourceDetails details = new SourceDetails("pg", JsonNodeFactory.instance.objectNode(), null);
        return new SealedSource(1, seal.seal(Codec.encode(details), SealedSource.context(1)));
    }

    private void stop(Control control) {
        connector.<byte[]>source("worker-control-in").send(Codec.encode(control));
    }

    private long signsOfLife(long diff) {
        return sent(Report.Alive.class).stream()
                .filter(alive -> alive.running().contains(new Report.Running(TaskAddress.holding(diff, 1), 1)))
                .count();
    }

    private List<Report.TaskFailed> failures(long diff) {
        return sent(Report.TaskFailed.class).stream()
                .filter(failed -> failed.address().diff() == diff)
                .toList();
    }

    private <T extends Report> List<T> sent(Class<T> type) {
        return connector.<byte[]>sink("worker-results-out").received().stream()
                .map(HeldPlansTest::report)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Report report(Message<byte[]> message) {
        try {
            return Codec.decode(message.getPayload(), Report.class);
        } catch (UnreadableMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static final class FakeHold implements HeldSnapshot {
        private final AtomicInteger checks = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile boolean isThere = true;

        @Override
        public boolean check() {
            checks.incrementAndGet();
            return isThere;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    /** Plans that hold, stages of one task, and tasks that leave as many buckets as they are told; none: a lost plan. */
    private static final class FakeEngine extends DiffEngine {
        private static final JsonNode TAKEN =
                JsonNodeFactory.instance.objectNode().put("kept", true);

        private final HeldSnapshot hold;

        FakeEngine(HeldSnapshot hold) {
            super(EngineSettings.DEFAULT);
            this.hold = hold;
        }

        @Override
        public Planned plan(
                DiffSpec spec,
                Databases databases,
                @Nullable Tally keys,
                @Nullable String temporary,
                Cancellation cancellation) {
            SchemaComparison schema =
                    new SchemaComparison(Sides.of(1, 1), Sides.ZERO, List.of(), 0, List.of(), List.of());
            Plan plan = Plan.draft(schema, List.of("id"), List.of(), "pieces", NOTHING, List.of(), Tally.zero(0))
                    .holds(true)
                    .plan();
            return new Planned(plan, Effort.NONE, hold);
        }

        @Override
        public Compared compare(JsonNode common, JsonNode body, Databases databases, Cancellation cancellation) {
            if (body.isInt()) {
                return Compared.of(Tally.zero(0), Effort.NONE)
                        .leaving(Residue.zero(body.asInt(), JsonNodeFactory.instance.objectNode()))
                        .showing(List.of());
            }
            throw DiffFailedException.losingPlan(ErrorType.SOURCE_UNREACHABLE, "It is gone.", null);
        }

        @Override
        public Taken takeOver(JsonNode common, Databases databases, Cancellation cancellation) {
            if (!hold.check()) {
                throw DiffFailedException.losingPlan(ErrorType.SOURCE_UNREACHABLE, "It is gone.", null);
            }
            return new Taken(TAKEN, hold);
        }

        @Override
        public Staged nextStage(JsonNode common, Residue residue) {
            return new Staged(Tally.zero(residue.buckets()), List.of(NOTHING), Effort.NONE);
        }
    }
}
