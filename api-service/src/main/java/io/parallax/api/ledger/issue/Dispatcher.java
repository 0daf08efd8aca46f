package io.parallax.api.ledger.issue;

import io.parallax.api.messaging.MessageTooLargeException;
import io.parallax.api.messaging.WorkerMessages;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Job;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Carries out {@link PendingMessages}: Kafka gets the messages, the ledger hears which of them it took. No change of the ledger waits for it; what
 * gets lost on the way is found by the sweep.
 */
@ApplicationScoped
public class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final WorkerMessages messages;
    private final Pool store;
    private final AtomicInteger planningOnTheWay = new AtomicInteger();

    Dispatcher(WorkerMessages messages, Pool store) {
        this.messages = messages;
        this.store = store;
    }

    /** Sends everything; completes when Kafka and the ledger know, with the diffs whose messages no topic takes. */
    public Uni<List<Long>> carryOut(PendingMessages pending) {
        pending.stops().forEach(this::tell);
        if (pending.assignments().isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        int planning =
                (int) pending.assignments().stream().filter(IssuedTask::plans).count();
        planningOnTheWay.addAndGet(planning);
        return Multi.createFrom()
                .iterable(pending.assignments())
                // Each is written as JSON on the way.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onItem()
                .transformToUniAndMerge(this::send)
                .collect()
                .asList()
                .flatMap(this::settle)
                .onTermination()
                .invoke(() -> planningOnTheWay.addAndGet(-planning));
    }

    /** How many planning jobs have been issued by this replica, of which the ledger has not heard yet whether Kafka has them. */
    public int planningOnTheWay() {
        return planningOnTheWay.get();
    }

    /** Tells the workers, as soon as may be; whoever does not hear it is told again when it reports. */
    public void tell(PendingMessages.Stop stop) {
        messages.control(stop.diff(), stop.message())
                .subscribe()
                .with(
                        sent -> {},
                        failure -> LOG.warnf(
                                "Workers do not hear yet that diff %d is over: %s", stop.diff(), failure.getMessage()));
    }

    private Uni<Delivery> send(IssuedTask assignment) {
        Uni<Void> sent = assignment.message() instanceof CompareTask task
                ? messages.task(task, assignment.partition(), assignment.trace())
                : messages.job((Job) assignment.message(), assignment.trace());
        return sent.map(done -> new Delivery(assignment, null))
                .onFailure()
                .recoverWithItem(failure -> new Delivery(assignment, failure));
    }

    private Uni<List<Long>> settle(List<Delivery> deliveries) {
        List<IssuedTask> arrived = deliveries.stream()
                .filter(Delivery::arrived)
                .map(Delivery::assignment)
                .toList();
        List<IssuedTask> lost = deliveries.stream()
                .filter(delivery -> !delivery.arrived())
                .map(Delivery::assignment)
                .toList();
        deliveries.stream()
                .filter(delivery -> !delivery.arrived())
                .findFirst()
                .ifPresent(first -> LOG.warnf("%d tasks wait for Kafka: %s", lost.size(), first.failure()));
        return confirm(arrived)
                .chain(() -> takeBack(lost))
                .replaceWith(hopeless(deliveries).distinct().toList());
    }

    private static Stream<Long> hopeless(List<Delivery> deliveries) {
        return deliveries.stream()
                .filter(delivery -> delivery.failure() instanceof MessageTooLargeException)
                .map(delivery -> delivery.assignment().address().diff());
    }

    private Uni<Void> confirm(List<IssuedTask> arrived) {
        if (arrived.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<IssuedTask> planning = arrived.stream().filter(IssuedTask::plans).toList();
        return planning.isEmpty()
                ? store.preparedQuery(IssueSql.CONFIRM)
                        .execute(TaskArrays.issued(arrived))
                        .replaceWithVoid()
                : store.preparedQuery(IssueSql.CONFIRM_PLANNING)
                        .execute(TaskArrays.issued(arrived).addArrayOfLong(IssuedTask.diffs(planning)))
                        .replaceWithVoid();
    }

    private Uni<Void> takeBack(List<IssuedTask> lost) {
        if (lost.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return store.preparedQuery(IssueSql.TAKE_BACK)
                .execute(TaskArrays.issued(lost))
                .replaceWithVoid();
    }

    private record Delivery(IssuedTask assignment, @Nullable Throwable failure) {
        public boolean arrived() {
            return failure == null;
        }
    }
}
