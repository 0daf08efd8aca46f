package io.parallax.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parallax.contract.message.Report.Running;
import io.parallax.contract.message.TaskAddress;
import io.parallax.worker.report.RecordingReports;
import io.parallax.worker.work.BrokenTraces;
import io.parallax.worker.work.RunningWork;
import io.parallax.worker.work.Slots;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final Running WORK = new Running(new TaskAddress(1, 1, 1, 0), 1);
    private static final Message<byte[]> MESSAGE = Message.of("{}".getBytes(StandardCharsets.UTF_8));

    private final RunningWork running = new RunningWork();
    private final RecordingReports reports = new RecordingReports();
    private final Slots slots = new Slots("test", 1);
    private final Intake intake = new Intake(slots, running, reports, BrokenTraces.make());

    @AfterEach
    void close() {
        slots.close();
    }

    private boolean hasAFreeSlot() {
        return slots.take().await().atMost(Duration.ofSeconds(10)) != null;
    }

    @Test
    void workThatCannotBeginIsNotUnderWay() {
        intake.accept(MESSAGE, "test", WORK, cancellation -> {}).subscribe().with(done -> {}, failure -> {});
        await().until(() -> running.byDiff().isEmpty());
        assertThat(hasAFreeSlot()).isTrue();
    }

    @Test
    void workWhoseAcceptanceCannotBeToldIsNotUnderWay() {
        reports.breakBy(new NoClassDefFoundError("expected by this test"));
        intake.accept(MESSAGE, "test", WORK, cancellation -> {}).subscribe().with(done -> {}, failure -> {});
        await().until(() -> running.byDiff().isEmpty());
        assertThat(hasAFreeSlot()).isTrue();
    }

    @Test
    void nothingIsUnderWayWhereThereAreNoSlotsAnyMore() {
        slots.close();
        intake.accept(MESSAGE, "test", WORK, cancellation -> {}).subscribe().with(done -> {}, failure -> {});
        assertThat(running.byDiff()).isEmpty();
        assertThat(hasAFreeSlot()).isTrue();
    }
}
