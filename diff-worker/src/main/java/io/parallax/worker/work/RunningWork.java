package io.parallax.worker.work;

import io.parallax.contract.message.Control;
import io.parallax.contract.message.Report.Running;
import io.parallax.engine.session.Cancellation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** What this worker is doing, and which diffs it was told to leave alone. */
public final class RunningWork {
    private static final Logger LOG = Logger.getLogger(RunningWork.class);

    /** Stopped diffs remembered; older ones have long left the topics. */
    private static final int STOPPED_DIFFS = 100_000;

    private volatile boolean closing;
    private final ConcurrentMap<Running, Runnable> running = new ConcurrentHashMap<>();

    private final Map<Long, Integer> stoppedPlans = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
            return size() > STOPPED_DIFFS;
        }
    };

    /** Begins; empty when it was stopped beforehand or runs here already. */
    public Optional<Cancellation> begin(Running work) {
        Cancellation cancellation = new Cancellation();
        return begin(work, cancellation::cancel) ? Optional.of(cancellation) : Optional.empty();
    }

    /**
     * As {@link #begin(Running)}, for work that is stopped in a way of its own.
     *
     * @param stop must return at once, and may be called more than once
     */
    boolean begin(Running work, Runnable stop) {
        if (running.putIfAbsent(work, stop) != null) {
            return false;
        }
        // Looked at after it is registered, so that no stop comes in between.
        if (stopped(work)) {
            end(work);
            return false;
        }
        return true;
    }

    public void end(Running work) {
        running.remove(work);
    }

    /** From now on new work is left to others. */
    public void close() {
        closing = true;
    }

    /** Whether new work is left to others. */
    public boolean closing() {
        return closing;
    }

    /** Whether nothing runs, and nothing is kept. */
    public boolean idle() {
        return running.isEmpty();
    }

    /** Stops what the message names, and remembers stopped diffs. */
    public void stop(Control control) {
        if (control instanceof Control.StopDiff diff) {
            synchronized (stoppedPlans) {
                stoppedPlans.merge(diff.diff(), diff.plan(), Math::max);
            }
            stop(work -> work.address().diff() == diff.diff() && work.address().plan() <= diff.plan());
        } else if (control instanceof Control.StopTask task) {
            stop(work -> work.address().equals(task.address()) && work.attempt() <= task.attempt());
        }
    }

    /** Stops everything: this worker goes away. */
    public void stopAll() {
        stop(work -> true);
    }

    /** The running work of each diff. */
    public Map<Long, List<Running>> byDiff() {
        return running.keySet().stream()
                .collect(Collectors.groupingBy(work -> work.address().diff()));
    }

    private void stop(Predicate<Running> which) {
        running.forEach((work, stop) -> {
            if (which.test(work)) {
                stopQuietly(work, stop);
            }
        });
    }

    /** One that cannot be stopped is no reason not to stop the others. */
    private static void stopQuietly(Running work, Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "%s is not stopped", work.address());
        }
    }

    private boolean stopped(Running work) {
        synchronized (stoppedPlans) {
            return stoppedPlans.getOrDefault(work.address().diff(), 0)
                    >= work.address().plan();
        }
    }
}
