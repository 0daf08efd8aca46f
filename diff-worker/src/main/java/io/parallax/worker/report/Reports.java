package io.parallax.worker.report;

import io.opentelemetry.context.Context;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.Topics;
import io.parallax.contract.message.Report;
import io.parallax.worker.config.WorkerName;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Sends reports to the API service, keyed by diff so that a diff's reports stay in order. */
@ApplicationScoped
public class Reports {
    private static final Logger LOG = Logger.getLogger(Reports.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Longer than any lease: by then the ledger has given the task to somebody else. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Longer than Kafka takes to say no; a channel that has ended says nothing at all. */
    private static final Duration UNHEARD = Duration.ofSeconds(60);

    private static final int ROOM_FOR_HEADERS = 1024;

    private final MutinyEmitter<byte[]> results;
    private final String worker;

    Reports(@Channel("worker-results-out") MutinyEmitter<byte[]> results, WorkerName worker) {
        this.results = results;
        this.worker = worker.value();
    }

    /** Completes when Kafka has the report; fails when it could not be delivered. */
    public Uni<Void> send(Report report) {
        return Uni.createFrom()
                .deferred(() -> results.sendMessage(Message.of(Codec.encode(report))
                        .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                                .withKey(key(report))
                                .build())
                        .addMetadata(TracingMetadata.withCurrent(Context.current()))))
                .ifNoItem()
                .after(UNHEARD)
                .fail();
    }

    /** Says that this work goes on; {@code leaving}: and that what is kept here must be kept by somebody else soon. */
    public Uni<Void> alive(long diff, List<Report.Running> running, boolean leaving) {
        return send(new Report.Alive(diff, worker, running, leaving ? true : null));
    }

    /** Says that this worker is there, or leaves. */
    public Uni<Void> present(Report.Slots slots, boolean leaving) {
        return send(Report.Alive.worker(worker, slots, leaving));
    }

    /** Says that this work was accepted, again and again until Kafka has it. */
    public Uni<Void> accepted(Report.Running work) {
        return alive(work.address().diff(), List.of(work), false)
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    /** Says that somebody else may do what this worker cannot, again and again until Kafka has it. */
    public Uni<Void> handedBack(Report handedBack) {
        return send(handedBack)
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    /** The same of a task. */
    public Uni<Void> handedBack(Report.Running work, Failure why) {
        return handedBack(new Report.TaskFailed(work.address(), work.attempt(), worker, why).handedBack(true));
    }

    /**
     * Waits until Kafka has the report; gives up, with a line in the log, when nobody waits for it any more.
     *
     * @return whether Kafka has this very report; one that is too large is replaced by a failure
     */
    public boolean deliver(Report report) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        return deliver(report, () -> System.nanoTime() - end < 0);
    }

    /**
     * The same for as long as somebody wants it.
     *
     * @param wanted asked before each try
     */
    public boolean deliver(Report whole, BooleanSupplier wanted) {
        try {
            return wanted.getAsBoolean() && sent(fits(whole) ? whole : instead(whole), wanted) == whole;
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "a report of diff %s is lost; the ledger will have the task done again", key(whole));
            return false;
        }
    }

    /** Which one Kafka has. */
    private Report sent(Report report, BooleanSupplier wanted) {
        return send(report)
                .replaceWith(report)
                .onFailure(failure -> wanted.getAsBoolean() && !isTooLarge(failure))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                // The topic may take less than it was made for.
                .onFailure(Reports::isTooLarge)
                .recoverWithUni(() -> send(instead(report)).replaceWith(instead(report)))
                .await()
                .indefinitely();
    }

    /** Whether Kafka does not take it, however often it is sent. */
    public static boolean isTooLarge(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(RecordTooLargeException.class::isInstance);
    }

    private static boolean fits(Report report) {
        return Codec.encode(report).length <= Topics.MAX_RECORD_BYTES - ROOM_FOR_HEADERS;
    }

    /** That a report cannot be sent: Kafka would refuse it again and again. */
    private static Report instead(Report report) {
        Failure failure = new Failure(
                ErrorType.INTERNAL,
                "The plan is too large to be sent; a key with shorter values, or fewer segments, make it smaller.");
        if (report instanceof Report.PlanMade made) {
            return new Report.TaskFailed(made.address(), made.attempt(), made.worker(), failure);
        }
        if (report instanceof Report.StageMade made) {
            return new Report.TaskFailed(made.address(), made.attempt(), made.worker(), failure);
        }
        if (report instanceof Report.TaskDone done) {
            return new Report.TaskFailed(done.address(), done.attempt(), done.worker(), failure);
        }
        if (report instanceof Report.SourceAnswered answered) {
            return new Report.SourceAnswered(
                    answered.job(),
                    answered.worker(),
                    null,
                    new Failure(ErrorType.UNSUPPORTED, "The answer is too large to be sent; ask for fewer columns."));
        }
        return report;
    }

    private static String key(Report report) {
        if (report instanceof Report.SourceTested tested) {
            return "source-test-" + tested.job();
        }
        if (report instanceof Report.SourceAnswered answered) {
            return "source-answer-" + answered.job();
        }
        if (report instanceof Report.TablesDropped dropped) {
            return "tables-dropped-" + dropped.job();
        }
        return Long.toString(diff(report));
    }

    private static long diff(Report report) {
        if (report instanceof Report.Alive alive) {
            return alive.diff();
        }
        if (report instanceof Report.PlanMade made) {
            return made.address().diff();
        }
        if (report instanceof Report.StageMade made) {
            return made.address().diff();
        }
        if (report instanceof Report.TaskDone done) {
            return done.address().diff();
        }
        if (report instanceof Report.TakenOver taken) {
            return taken.address().diff();
        }
        return ((Report.TaskFailed) report).address().diff();
    }
}
