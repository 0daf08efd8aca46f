package io.parallax.endtoend.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Carries out a schedule: at most two faults at a time, each part one. */
final class Chaos implements AutoCloseable {
    private static final int AT_ONCE = 2;

    private final Map<String, Part> parts;
    private final Map<String, Semaphore> locks = new ConcurrentHashMap<>();
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final CountDownLatch enough = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    Chaos(List<? extends Part> parts) {
        this.parts = parts.stream().collect(Collectors.toMap(Part::name, Function.identity()));
        this.parts.keySet().forEach(name -> locks.put(name, new Semaphore(1)));
    }

    /** Begins, and goes on until {@link #end}. */
    void begin(Schedule schedule) {
        threads.execute(() -> {
            try {
                Fault fault = schedule.next();
                while (!enough.await(fault.after().toMillis(), TimeUnit.MILLISECONDS)) {
                    room.acquire();
                    locks.get(fault.part()).acquire();
                    happenLater(fault);
                    fault = schedule.next();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Nothing more goes wrong, and all is healed on return. */
    void end() throws InterruptedException {
        enough.countDown();
        threads.shutdown();
        if (!threads.awaitTermination(3, TimeUnit.MINUTES)) {
            failures.add("a fault does not heal");
        }
    }

    /** Those healed so far, in their order. */
    List<Incident> incidents() {
        return incidents.stream()
                .sorted((one, other) -> one.start().compareTo(other.start()))
                .toList();
    }

    /** What could not be struck or healed, which is the test's own failure. */
    List<String> failures() {
        return failures;
    }

    /** Unless there is enough meanwhile. */
    private void happenLater(Fault fault) {
        try {
            threads.execute(() -> happen(fault));
        } catch (RejectedExecutionException e) {
            locks.get(fault.part()).release();
            room.release();
        }
    }

    private void happen(Fault fault) {
        Part part = parts.get(fault.part());
        Instant start = Instant.now();
        try {
            part.strike(fault.harm());
            await(fault.lasting());
            part.heal(fault.harm());
        } catch (Exception | AssertionError e) {
            failures.add(fault + ": " + e);
        } finally {
            incidents.add(new Incident(fault.part(), fault.harm(), start, Instant.now()));
            locks.get(fault.part()).release();
            room.release();
        }
    }

    /** As long as it is to last, or until there is enough. */
    private void await(Duration lasting) throws InterruptedException {
        enough.await(lasting.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        end();
    }
}
