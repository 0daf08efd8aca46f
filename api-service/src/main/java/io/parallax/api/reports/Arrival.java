package io.parallax.api.reports;

import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.vertx.core.Context;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message that has come.
 *
 * @param lane the diff that it is about, or what else must be done in order
 * @param report what it says; null when it cannot be read
 * @param failure why it cannot; null when it can
 * @param context where it came, and where it is to be done with; null where there is none
 */
record Arrival(
        Message<byte[]> message,
        String lane,
        long size,
        @Nullable Report report,
        @Nullable Throwable failure,
        @Nullable Context context)
        implements Lanes.Load<String> {
    /** Of which nobody knows what they are about. */
    private static final String STRANGERS = "";

    static Arrival of(Message<byte[]> message, int size, Report report, @Nullable Context context) {
        return new Arrival(message, lane(report), size, report, null, context);
    }

    /** {@code diff}: the one that it is about, as far as that can be told. */
    static Arrival unreadable(
            Message<byte[]> message, int size, Optional<Long> diff, Throwable failure, @Nullable Context context) {
        return new Arrival(message, diff.map(Arrival::ofDiff).orElse(STRANGERS), size, null, failure, context);
    }

    private static String lane(Report report) {
        if (report instanceof Report.SourceTested tested) {
            return "test " + tested.job();
        }
        if (report instanceof Report.SourceAnswered answered) {
            return "question " + answered.job();
        }
        if (report instanceof Report.TablesDropped dropped) {
            return "tables " + dropped.job();
        }
        if (report instanceof Report.Alive alive) {
            return ofDiff(alive.diff());
        }
        if (report instanceof Report.TakenOver taken) {
            return ofDiff(taken.address().diff());
        }
        TaskAddress address = task(report);
        return address == null ? STRANGERS : ofDiff(address.diff());
    }

    private static String ofDiff(long diff) {
        return "diff " + diff;
    }

    /** The task that has come to an end; null where none has. */
    static @Nullable TaskAddress task(@Nullable Report report) {
        if (report instanceof Report.PlanMade made) {
            return made.address();
        }
        if (report instanceof Report.StageMade made) {
            return made.address();
        }
        if (report instanceof Report.TaskDone done) {
            return done.address();
        }
        return report instanceof Report.TaskFailed failed ? failed.address() : null;
    }

    /** Whether it says no more than those behind it: that work goes on which they say has ended, or goes on, too. */
    boolean isOutdone(List<Arrival> later) {
        return report instanceof Report.Alive alive
                && !Boolean.TRUE.equals(alive.leaving())
                && !alive.running().isEmpty()
                && alive.running().stream()
                        .allMatch(running -> later.stream().anyMatch(other -> other.tells(alive.worker(), running)));
    }

    private boolean tells(String worker, Report.Running running) {
        if (report instanceof Report.Alive alive) {
            return alive.worker().equals(worker) && alive.running().contains(running);
        }
        return running.address().equals(task(report)) && attempt() == running.attempt();
    }

    private int attempt() {
        if (report instanceof Report.PlanMade made) {
            return made.attempt();
        }
        if (report instanceof Report.StageMade made) {
            return made.attempt();
        }
        if (report instanceof Report.TaskDone done) {
            return done.attempt();
        }
        return report instanceof Report.TaskFailed failed ? failed.attempt() : 0;
    }
}
