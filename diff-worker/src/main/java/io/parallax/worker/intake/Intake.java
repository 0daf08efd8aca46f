package io.parallax.worker.intake;

import io.parallax.contract.message.Report.Running;
import io.parallax.engine.Cancellation;
import io.parallax.worker.report.Reports;
import io.parallax.worker.work.RunningWork;
import io.parallax.worker.work.Slots;
import io.parallax.worker.work.Traces;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Accepts ledger work: first a slot, then the sign of life that starts the lease, then the acknowledgement. A worker
 * that dies before that leaves the message in Kafka; one that dies after leaves a lease that expires.
 */
final class Intake {
    private final Slots slots;
    private final RunningWork running;
    private final Reports reports;
    private final Traces traces;

    Intake(Slots slots, RunningWork running, Reports reports, Traces traces) {
        this.slots = slots;
        this.running = running;
        this.reports = reports;
        this.traces = traces;
    }

    /**
     * Completes once the message is acknowledged; the work begins on its slot without waiting for that.
     *
     * @param name what traces call the work
     */
    Uni<Void> accept(Message<?> message, String name, Running work, Consumer<Cancellation> performance) {
        return slots.take().flatMap(slot -> {
            if (running.closing()) {
                slot.giveBack();
                return left();
            }
            Optional<Cancellation> cancellation = running.begin(work);
            if (cancellation.isEmpty()) {
                slot.giveBack();
                return acknowledge(message);
            }
            // Sent at once, so that it is the first that is heard of this work.
            CompletionStage<Void> accepted =
                    reports.accepted(work).flatMap(sent -> acknowledge(message)).subscribeAsCompletionStage();
            slot.run(traces.within(message, name, work, () -> performance.accept(cancellation.get())));
            return Uni.createFrom().completionStage(accepted);
        });
    }

    /** Never acknowledged, so that Kafka gives the message to somebody else when this consumer is gone. */
    static Uni<Void> left() {
        return Uni.createFrom().nothing();
    }

    static Uni<Void> acknowledge(Message<?> message) {
        return Uni.createFrom().completionStage(message::ack);
    }
}
