package io.parallax.api;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails tests during which an event loop was kept from its other work, by the same clock as Vert.x' own checker, and tests of a service
 * with a setting that there is none of.
 *
 * <p>On a busy machine a thread may stand still for seconds and not be at fault. So what counts is the processor time that one piece of
 * work has taken, or that it has done nothing but wait each time somebody looked.
 */
public final class EventLoopWatch implements BeforeAllCallback, AfterAllCallback {
    private static final long NANOS = 1_000_000_000L;
    /** As much as Vert.x allows; the first question of a kind takes a second on a slow machine, once. */
    private static final long MOST_PROCESSOR_TIME = 2 * NANOS;

    private static final long MOST_WAITING = 3 * NANOS;
    private static final long PAUSE_MILLISECONDS = 100;

    private static final List<String> FAULTS = new CopyOnWriteArrayList<>();
    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    /** Strongly held, as loggers otherwise are not. */
    private static final Logger SETTINGS = Logger.getLogger("io.quarkus.config");

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!BEGUN.getAndSet(true)) {
            Thread thread = new Thread(new Look(), "event-loop-watch");
            thread.setDaemon(true);
            thread.start();
            SETTINGS.addHandler(new UnknownSettings());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> faults = List.copyOf(FAULTS);
        FAULTS.clear();
        if (!faults.isEmpty()) {
            throw new AssertionError(String.join("\n", faults));
        }
    }

    /** What was found since; a test of this very class takes it. */
    static List<String> take() {
        List<String> faults = List.copyOf(FAULTS);
        FAULTS.clear();
        return faults;
    }

    /** One piece of work on one thread, from when it was first seen. */
    private static final class Span {
        private final long start;
        private final long processorTime;
        private boolean onlyWaited = true;
        private boolean told;

        Span(long start, long processorTime) {
            this.start = start;
            this.processorTime = processorTime;
        }
    }

    private static final class Look implements Runnable {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private final Map<Thread, Span> spans = new HashMap<>();

        @Override
        @SuppressWarnings("ThreadPriorityCheck")
        public void run() {
            Thread.currentThread().setPriority(Thread.MAX_PRIORITY);
            while (true) {
                eventLoops().forEach(this::look);
                try {
                    Thread.sleep(PAUSE_MILLISECONDS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        private static List<Thread> eventLoops() {
            ThreadGroup root = Thread.currentThread().getThreadGroup();
            while (root.getParent() != null) {
                root = root.getParent();
            }
            Thread[] all = new Thread[2 * root.activeCount() + 10];
            int count = root.enumerate(all);
            return Arrays.stream(all, 0, count)
                    .filter(thread -> thread.getName().startsWith("vert.x-eventloop-thread"))
                    .toList();
        }

        private void look(Thread thread) {
            long start = startTime(thread);
            if (start == 0) {
                spans.remove(thread);
                return;
            }
            long processorTime = threads.getThreadCpuTime(thread.getId());
            Span span = spans.get(thread);
            if (span == null || span.start != start) {
                spans.put(thread, new Span(start, processorTime));
                return;
            }
            span.onlyWaited &= thread.getState() != Thread.State.RUNNABLE;
            boolean works = processorTime - span.processorTime > MOST_PROCESSOR_TIME;
            boolean waits = span.onlyWaited && System.nanoTime() - start > MOST_WAITING;
            if ((works || waits) && !span.told) {
                span.told = true;
                FAULTS.add((works ? "Worked too long on " : "Waited on ") + thread.getName() + ":\n" + stack(thread));
            }
        }

        private static String stack(Thread thread) {
            return Arrays.stream(thread.getStackTrace())
                    .limit(60)
                    .map(frame -> "    at " + frame)
                    .collect(Collectors.joining("\n"));
        }

        /** When its piece of work has begun, 0 when it has none; by the thread's own class, which may be of another loader. */
        private static long startTime(Thread thread) {
            try {
                return (long) thread.getClass().getMethod("startTime").invoke(thread);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("not a thread of this version of Vert.x", e);
            }
        }
    }

    private static final class UnknownSettings extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (String.valueOf(record.getMessage()).startsWith("Unrecognized configuration")) {
                Object[] of = record.getParameters();
                FAULTS.add(record.getMessage() + (of == null ? "" : " " + Arrays.toString(of)));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
