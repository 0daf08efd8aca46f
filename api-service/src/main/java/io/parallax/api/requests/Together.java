package io.parallax.api.requests;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Does the same for many at once: whoever comes while it is being done for others waits, and all who wait are next,
 * together. Nobody waits for company.
 */
public final class Together<T> {
    private final int most;
    private final Function<List<T>, Uni<Void>> work;
    private final Deque<T> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * For so many at once.
     *
     * @param work ends some time, whatever happens, and tells each of them what became of it
     */
    public Together(int most, Function<List<T>, Uni<Void>> work) {
        this.most = most;
        this.work = work;
    }

    public void add(T one) {
        synchronized (waiting) {
            waiting.add(one);
        }
        goOn();
    }

    private void goOn() {
        List<T> next = next();
        if (!next.isEmpty()) {
            Uni.createFrom().deferred(() -> work.apply(next)).subscribe().with(done -> leave(), failure -> leave());
        }
    }

    private List<T> next() {
        List<T> next = new ArrayList<>();
        synchronized (waiting) {
            while (!busy && next.size() < most && !waiting.isEmpty()) {
                next.add(waiting.remove());
            }
            busy |= !next.isEmpty();
        }
        return next;
    }

    private void leave() {
        synchronized (waiting) {
            busy = false;
        }
        goOn();
    }
}
