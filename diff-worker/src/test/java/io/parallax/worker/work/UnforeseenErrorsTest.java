package io.parallax.worker.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.Report.Running;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.message.TestStep;
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
import io.parallax.worker.config.WorkerConfig;
import io.parallax.worker.config.WorkerName;
import io.parallax.worker.report.RecordingReports;
import io.parallax.worker.source.SealCheck;
import io.parallax.worker.source.SourceVault;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is thrown, wherever: no work is left behind that nobody works on and everybody waits for. */
class UnforeseenErrorsTest {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final Seal seal = new Seal(SealingKey.loadAll(SealingKey.random(), null));
    private final RecordingReports reports = new RecordingReports();
    private final RunningWork running = new RunningWork();
    private final FakeHold hold = new FakeHold();
    private final HeldSnapshots heldSnapshots =
            new HeldSnapshots(reports, running, new WorkerName("w"), Duration.ofMillis(20));

    @AfterEach
    void close() {
        heldSnapshots.close();
    }

    static Stream<Throwable> thrown() {
        return Stream.of(
                new IllegalStateException("expected by this test"),
                new AssertionError("expected by this test"),
                new NoClassDefFoundError("expected by this test"),
                new ExceptionInInitializerError("expected by this test"),
                new UnsatisfiedLinkError("expected by this test"),
                new StackOverflowError(),
                new OutOfMemoryError("expected by this test"),
                new ThreadDeath());
    }

    private TaskExecutor taskExecutor(@Nullable Throwable thrown, Executor deliveries, MeterRegistry meters) {
        return new TaskExecutor(
                deliveries,
                new ThrowingEngine(thrown, hold),
                new SourceVault(seal, new SealCheck(seal)),
                reports,
                running,
                heldSnapshots,
                new WorkerName("w"),
                new WorkMetrics(meters));
    }

    private TaskExecutor taskExecutor(Throwable thrown) {
        return taskExecutor(thrown, Runnable::run, new SimpleMeterRegistry());
    }

    private Cancellation begun(TaskAddress address) {
        return running.begin(new Running(address, 1)).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void workThatThrowsIsReportedAndOver(Throwable thrown) {
        // When
        plan(taskExecutor(thrown));
        TaskAddress stage = new TaskAddress(1, 1, 2, 0);
        taskExecutor(thrown)
                .nextStage(
                        new Job.NextStage(
                                stage,
                                1,
                                NOTHING,
                                Residue.zero(1, JsonNodeFactory.instance.objectNode()),
                                source(),
                                source()),
                        begun(stage));
        compare(taskExecutor(thrown));

        // Then
        assertThat(reports.sent()).hasSize(3).allSatisfy(report -> assertThat(report)
                .isInstanceOfSatisfying(
                        Report.TaskFailed.class,
                        failed -> assertThat(failed.failure().type()).isEqualTo(ErrorType.INTERNAL)));
        assertThat(running.byDiff()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whatIsAskedAsideIsAnsweredAllTheSame(Throwable thrown) {
        TaskExecutor taskExecutor = taskExecutor(thrown);
        taskExecutor.test(new Job.TestSource(1, source()));
        taskExecutor.answer(new Job.AskSource(2, source(), new SourceQuestion.TableSchema(List.of("t"))));
        taskExecutor.dropTables(new Job.DropTables(3, source(), "scratch", "p"));
        assertThat(reports.sent())
                .extracting(report -> (Object) report.getClass())
                .containsExactly(Report.SourceTested.class, Report.SourceAnswered.class, Report.TablesDropped.class);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whereNoThreadDeliversItsOwnDoes(Throwable thrown) {
        Executor none = delivery -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw new RejectedExecutionException(thrown);
        };
        compare(taskExecutor(null, none, new SimpleMeterRegistry()));
        assertThat(reports.sent()).singleElement().isInstanceOf(Report.TaskDone.class);
        assertThat(running.byDiff()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whatCannotBeCountedIsReportedAllTheSame(Throwable thrown) {
        MeterRegistry broken = new SimpleMeterRegistry();
        TaskExecutor counting = taskExecutor(null, Runnable::run, broken);
        broken.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().equals("parallax.task")) {
                    ThrowingEngine.raise(thrown);
                }
                return id;
            }
        });
        compare(counting);
        assertThat(reports.sent()).singleElement().isInstanceOf(Report.TaskDone.class);
        assertThat(running.byDiff()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aPlanWhoseReportCannotBeSentHoldsNothing(Throwable thrown) {
        reports.breakBy(
                thrown instanceof RuntimeException ? new NoClassDefFoundError("expected by this test") : thrown);
        CancellingExecutor executor = new CancellingExecutor();
        TaskAddress planning = TaskAddress.planning(1, 1);
        Cancellation cancellation = begun(planning);
        executor.cancellation = cancellation;
        taskExecutor(null, executor, new SimpleMeterRegistry()).plan(planningJob(), cancellation);
        assertThat(running.byDiff()).isEmpty();
        assertThat(hold.closed).hasValue(1);
    }

    /** Stops the work while its report waits, as somebody would sooner or later. */
    private static final class CancellingExecutor implements Executor {
        private @Nullable Cancellation cancellation;

        @Override
        public void execute(Runnable delivery) {
            if (cancellation != null) {
                cancellation.cancel();
            }
            delivery.run();
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aBeatThatThrowsDoesNotEndTheBeats(Throwable thrown) {
        // Given
        begun(new TaskAddress(7, 1, 1, 0));
        reports.breakBy(thrown);
        Heartbeat heartbeat = new Heartbeat(reports, running, new QuickConfig());

        // When
        heartbeat.start(new StartupEvent());
        await().until(heartbeat::beating);
        await().pollDelay(Duration.ofMillis(100)).until(heartbeat::beating);
        reports.breakBy(null);

        // Then
        await().until(() -> reports.sent().stream().anyMatch(Report.Alive.class::isInstance));
        heartbeat.stop();
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aHoldThatCannotBeCheckedIsLostAndTheOthersAreNot(Throwable thrown) {
        // Given
        FakeHold other = new FakeHold();
        heldSnapshots.keep(TaskAddress.planning(1, 1), hold);
        heldSnapshots.keep(TaskAddress.planning(2, 1), other);

        // When
        hold.thrown = thrown;

        // Then
        await().until(() -> hold.closed.get() == 1);
        await().until(() -> reports.sent().size() == 1);
        int before = other.checks.get();
        await().until(() -> other.checks.get() > before + 1);
        assertThat(running.byDiff()).containsOnlyKeys(2L);
    }

    @Test
    void oneThatCannotBeStoppedDoesNotKeepTheOthers() {
        AtomicInteger stopped = new AtomicInteger();
        for (int task = 0; task < 5; task++) {
            running.begin(new Running(new TaskAddress(1, 1, 1, task), 1), () -> {
                stopped.incrementAndGet();
                throw new NoClassDefFoundError("expected by this test");
            });
        }
        running.stop(new Control.StopDiff(1, 1));
        assertThat(stopped).hasValue(5);
    }

    private void plan(TaskExecutor taskExecutor) {
        taskExecutor.plan(planningJob(), begun(TaskAddress.planning(1, 1)));
    }

    private Job.PlanDiff planningJob() {
        Dataset table = new Dataset(List.of("t"), null, null);
        DiffSpec spec = new DiffSpec(table, table, List.of("id"), List.of(), List.of());
        return Job.PlanDiff.first(TaskAddress.planning(1, 1), 1, spec, source(), source());
    }

    private void compare(TaskExecutor taskExecutor) {
        TaskAddress address = new TaskAddress(1, 1, 1, 0);
        taskExecutor.compare(new CompareTask(address, 1, NOTHING, NOTHING, source(), source()), null, begun(address));
    }

    private SealedSource source() {
        SourceDetails details = new SourceDetails("pg", JsonNodeFactory.instance.objectNode(), null);
        return new SealedSource(1, seal.seal(Codec.encode(details), SealedSource.context(1)));
    }

    private static final class FakeHold implements HeldSnapshot {
        private final AtomicInteger checks = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile @Nullable Throwable thrown;

        @Override
        public boolean check() {
            checks.incrementAndGet();
            ThrowingEngine.raise(thrown);
            return true;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private static final class QuickConfig implements WorkerConfig {
        @Override
        public Optional<String> name() {
            return Optional.empty();
        }

        @Override
        public int jobSlots() {
            return 1;
        }

        @Override
        public int spareSlots() {
            return 0;
        }

        @Override
        public int taskSlots() {
            return 1;
        }

        @Override
        public int maxTaskSlots() {
            return 1;
        }

        @Override
        public Duration presenceInterval() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration aliveInterval() {
            return Duration.ofMillis(20);
        }

        @Override
        public Duration grace() {
            return Duration.ZERO;
        }

        @Override
        public Duration holdCheckInterval() {
            return Duration.ofMillis(20);
        }
    }

    /** Throws whatever it is told to, or does what there is to do. */
    private static final class ThrowingEngine extends DiffEngine {
        private final @Nullable Throwable thrown;
        private final HeldSnapshot hold;

        ThrowingEngine(@Nullable Throwable thrown, HeldSnapshot hold) {
            super(EngineSettings.DEFAULT);
            this.thrown = thrown;
            this.hold = hold;
        }

        static void raise(@Nullable Throwable thrown) {
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof RuntimeException runtime) {
                throw runtime;
            }
        }

        @Override
        public Planned plan(
                DiffSpec spec,
                Databases databases,
                @Nullable Tally keys,
                @Nullable String temporary,
                Cancellation cancellation) {
            raise(thrown);
            SchemaComparison schema =
                    new SchemaComparison(Sides.of(1, 1), Sides.ZERO, List.of(), 0, List.of(), List.of());
            return new Planned(
                    Plan.draft(schema, List.of("id"), List.of(), "pieces", NOTHING, List.of(), Tally.zero(0))
                            .holds(true)
                            .plan(),
                    Effort.NONE,
                    hold);
        }

        @Override
        public Compared compare(JsonNode common, JsonNode body, Databases databases, Cancellation cancellation) {
            raise(thrown);
            return Compared.of(Tally.zero(0), Effort.NONE).showing(List.of());
        }

        @Override
        public Staged nextStage(JsonNode common, Residue residue) {
            raise(thrown);
            return new Staged(Tally.zero(0), List.of(), Effort.NONE);
        }

        @Override
        public List<TestStep> test(SourceDetails source, @Nullable String schema, Cancellation cancellation) {
            raise(thrown);
            return List.of();
        }

        @Override
        public JsonNode answer(SourceQuestion question, SourceDetails source, Cancellation cancellation) {
            raise(thrown);
            return NOTHING;
        }

        @Override
        public void dropTables(SourceDetails source, String schema, String prefix, Cancellation cancellation) {
            raise(thrown);
        }
    }
}
