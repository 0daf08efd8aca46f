package io.parallax.worker.work;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.Report.Running;
import io.parallax.contract.message.TaskAddress;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.worker.config.WorkerName;
import io.parallax.worker.report.Reports;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * What this worker keeps for plans it made, until their diffs are over. A hold is running work without a slot: it has
 * signs of life and is stopped like any other, yet nobody waits for it. One thread looks after all of them.
 */
public final class HeldSnapshots implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HeldSnapshots.class);
    private static final int FIRST_ATTEMPT = 1;
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private static final Failure ENDED = new Failure(
            ErrorType.SOURCE_UNREACHABLE,
            "The snapshot of this diff was lost: a source ended the session that kept it.");

    private final Reports reports;
    private final RunningWork running;
    private final String worker;
    private final Map<Running, HeldSnapshot> kept = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor keeper = new ScheduledThreadPoolExecutor(
            1,
            work -> {
                Thread thread = new Thread(work, "parallax-holds");
                thread.setDaemon(true);
                return thread;
            },
            // Whoever still wants something after the end gets it from the end of the process.
            new ThreadPoolExecutor.DiscardPolicy());

    /** Looks at each hold once per interval. */
    public HeldSnapshots(Reports reports, RunningWork running, WorkerName worker, Duration interval) {
        this.reports = reports;
        this.running = running;
        this.worker = worker.value();
        keeper.scheduleWithFixedDelay(this::checkAll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the worker that has made this plan keeps for it. */
    public static Running of(TaskAddress plan) {
        return new Running(TaskAddress.holding(plan.diff(), plan.plan()), FIRST_ATTEMPT);
    }

    /** Keeps it for this plan, just made here. */
    public void keep(TaskAddress plan, HeldSnapshot held) {
        keep(of(plan), held);
    }

    /** Keeps it until told to stop, which may have been before. */
    public void keep(Running work, HeldSnapshot held) {
        if (kept.putIfAbsent(work, held) != null) {
            held.close();
        } else if (!begun(work)) {
            letGo(work);
        } else {
            held.whenGivenWay(() -> keeper.execute(() -> check(work)));
        }
    }

    private void check(Running work) {
        HeldSnapshot held = kept.get(work);
        if (held != null) {
            check(work, held);
        }
    }

    private boolean begun(Running work) {
        try {
            return running.begin(work, () -> letGoSoon(work));
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "%s", work.address());
            return false;
        }
    }

    private void letGoSoon(Running work) {
        keeper.execute(() -> letGo(work));
    }

    private void letGo(Running work) {
        running.end(work);
        HeldSnapshot held = kept.remove(work);
        if (held != null) {
            closeQuietly(work, held);
        }
    }

    private static void closeQuietly(Running work, HeldSnapshot held) {
        try {
            held.close();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "%s is not closed", work.address());
        }
    }

    private void checkAll() {
        kept.forEach((work, held) -> {
            try {
                check(work, held);
            } catch (RuntimeException | Error e) {
                // Thrown on, it would end all further looks.
                LOG.errorf(e, "%s could not be checked", work.address());
            }
        });
    }

    private void check(Running work, HeldSnapshot held) {
        if (!isThere(work, held)) {
            LOG.warnf("%s is lost", work.address());
            letGo(work);
            reports.deliver(lost(work, held));
        }
    }

    private static boolean isThere(Running work, HeldSnapshot held) {
        try {
            return held.check();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "%s", work.address());
            return false;
        }
    }

    private Report lost(Running work, HeldSnapshot held) {
        Optional<DiffFailedException> loss = held.loss();
        return new Report.TaskFailed(
                        work.address(),
                        work.attempt(),
                        worker,
                        loss.map(DiffFailedException::failure).orElse(ENDED))
                .replan(true)
                .gaveWay(loss.filter(DiffFailedException::givesWay)
                        .map(gave -> true)
                        .orElse(null));
    }

    /** Lets go of everything. */
    @Override
    public void close() {
        kept.keySet().forEach(this::letGoSoon);
        keeper.shutdown();
        try {
            if (!keeper.awaitTermination(LONGEST_GOODBYE.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("some snapshots end with this process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
