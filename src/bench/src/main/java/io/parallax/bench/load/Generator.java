package io.parallax.bench.load;

import io.parallax.bench.measure.Samples;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Makes calls over a number of connections, each with a thread of its own. */
public final class Generator {
    private final InetSocketAddress service;
    private final int connections;

    public Generator(InetSocketAddress service, int connections) {
        this.service = service;
        this.connections = connections;
    }

    /**
     * Makes calls for that long, on each connection the next one as soon as the last one is answered.
     *
     * @return answers a second
     * @throws io.parallax.bench.server.WrongAnswerException when one is not 200
     */
    public double rate(Calls calls, Duration time) throws IOException, InterruptedException {
        AtomicLong turns = new AtomicLong();
        List<Long> answers = everywhere((wire, start) -> {
            long answered = 0;
            wire.exchange(calls.request(turns.getAndIncrement()));
            while (System.nanoTime() - start < time.toNanos()) {
                answered++;
                wire.exchange(calls.request(turns.getAndIncrement()));
            }
            return answered;
        });
        return answers.stream().mapToLong(Long::longValue).sum() * 1e9 / time.toNanos();
    }

    /**
     * Makes so many calls, on each connection the next one as soon as the last one is answered.
     *
     * @throws io.parallax.bench.server.WrongAnswerException when one is not answered with 200
     */
    public void all(Calls calls, int count) throws IOException, InterruptedException {
        AtomicLong turns = new AtomicLong();
        everywhere((wire, start) -> {
            for (long turn = turns.getAndIncrement(); turn < count; turn = turns.getAndIncrement()) {
                wire.exchange(calls.request(turn));
            }
            return turns.get();
        });
    }

    /**
     * Makes calls for that long at a steady pace, whether or not earlier ones are answered.
     *
     * @return seconds from the moment when each one was due, sent or not, until it was answered
     * @throws io.parallax.bench.server.WrongAnswerException when one is not 200
     */
    public Samples latencies(Calls calls, double perSecond, Duration time) throws IOException, InterruptedException {
        Pace pace = new Pace(perSecond);
        AtomicLong turns = new AtomicLong();
        List<List<Double>> latencies = everywhere((wire, start) -> {
            List<Double> own = new ArrayList<>();
            long turn = turns.getAndIncrement();
            while (pace.due(turn) < time.toNanos()) {
                long due = start + pace.due(turn);
                await(due);
                wire.exchange(calls.request(turn));
                own.add((System.nanoTime() - due) / 1e9);
                turn = turns.getAndIncrement();
            }
            return own;
        });
        return Samples.of(latencies.stream().flatMap(List::stream).toList());
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** On all connections at once, once all are open. */
    private <T> List<T> everywhere(Work<T> work) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections, Generator::daemon);
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                wires.add(Wire.to(service));
            }
            long start = System.nanoTime();
            List<Future<T>> running = wires.stream()
                    .map(wire -> threads.submit(() -> work.on(wire, start)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(result(one));
            }
            return results;
        } finally {
            threads.shutdownNow();
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    private static <T> T result(Future<T> running) throws IOException, InterruptedException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IOException("A thread of the load generator failed.", e);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "load");
        thread.setDaemon(true);
        return thread;
    }

    private interface Work<T> {
        /** {@code start}: on the system's clock, in nanoseconds. */
        T on(Wire wire, long start) throws IOException;
    }
}
