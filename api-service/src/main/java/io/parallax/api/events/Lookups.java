package io.parallax.api.events;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks up names. A name server that does not answer holds the threads that ask it: of one name these are two at most, so that there
 * are some left for others.
 */
final class Lookups implements AutoCloseable {
    private static final int MOST = 64;
    private static final int MOST_OF_A_NAME = 2;

    /** Who asks for a name that is being looked up for no longer than this waits for the same answer. */
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Names names;
    private final LongSupplier clock;
    private final Map<String, List<Lookup>> underWay = new HashMap<>();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(0, MOST, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Lookups::thread);

    /** What names stand for. */
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private record Lookup(long since, CompletableFuture<List<InetAddress>> answer) {}

    /** The lookup could not begin. */
    static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Busy() {
            super("Too many names are being looked up.", null, false, false);
        }
    }

    /** @param clock of nanoseconds */
    Lookups(Names names, LongSupplier clock) {
        this.names = names;
        this.clock = clock;
    }

    private static Thread thread(Runnable lookup) {
        Thread thread = new Thread(lookup, "parallax-webhook-names");
        thread.setDaemon(true);
        return thread;
    }

    /** None for a name that nobody knows: that may be told when nobody waits for it any more. Fails with {@link Busy}. */
    Uni<List<InetAddress>> addresses(String host) {
        // Each waits for a copy: one who leaves ends nothing for the others.
        return Uni.createFrom().completionStage(() -> lookup(host).answer().copy());
    }

    private synchronized Lookup lookup(String host) {
        List<Lookup> ofName = underWay.getOrDefault(host, List.of());
        return ofName.stream().filter(this::isFresh).findFirst().orElseGet(() -> {
            if (ofName.size() >= MOST_OF_A_NAME) {
                throw new Busy();
            }
            return begin(host);
        });
    }

    private boolean isFresh(Lookup lookup) {
        return clock.getAsLong() - lookup.since() < FRESH_NANOS;
    }

    private Lookup begin(String host) {
        Lookup lookup = new Lookup(clock.getAsLong(), new CompletableFuture<>());
        try {
            threads.execute(() -> lookUp(host, lookup));
        } catch (RejectedExecutionException e) {
            throw new Busy();
        }
        underWay.computeIfAbsent(host, name -> new ArrayList<>()).add(lookup);
        return lookup;
    }

    private void lookUp(String host, Lookup lookup) {
        try {
            List<InetAddress> found = found(host);
            // Before anybody hears of it: who asks then wants to know anew.
            end(host, lookup);
            lookup.answer().complete(found);
        } catch (RuntimeException | Error e) {
            end(host, lookup);
            lookup.answer().completeExceptionally(e);
        }
    }

    private List<InetAddress> found(String host) {
        try {
            return List.of(names.addresses(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private synchronized void end(String host, Lookup lookup) {
        underWay.computeIfPresent(host, (name, ofName) -> {
            ofName.remove(lookup);
            return ofName.isEmpty() ? null : ofName;
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
