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
        long start = System.nanoTime();
        AtomicLong turns = new AtomicLong();
        List<Long> answers = everywhere(wire -> {
            long answered = 0;
            for (; System.nanoTime() - start < time.toNanos(); answered++) {
                wire.exchange(calls.request(turns.getAndIncrement()));
            }
            return answered;
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        return answers.stream().mapToLong(Long::longValue).sum() / seconds;
    }

    /**
     * Makes calls for that long at a steady pace, whether or not earlier ones are answered.
     *
     * @return seconds from the moment when each one was due, sent or not, until it was answered
     * @throws io.parallax.bench.server.WrongAnswerException when one is not 200
     */
    public Samples latencies(Calls calls, double perSecond, Duration time) throws IOException, InterruptedException {
        Pace pace = new Pace(perSecond);
        long start = System.nanoTime();
        AtomicLong turns = new AtomicLong();
        List<List<Double>> latencies = everywhere(wire -> {
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

    private <T> List<T> everywhere(Work<T> work) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(connections, Generator::daemon);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                running.add(threads.submit(() -> {
                    try (Wire wire = Wire.to(service)) {
                        return work.on(wire);
                    }
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(result(one));
            }
            return results;
        } finally {
            threads.shutdownNow();
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
        T on(Wire wire) throws IOException;
    }
}
