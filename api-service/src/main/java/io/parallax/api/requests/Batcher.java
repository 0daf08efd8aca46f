package io.parallax.api.requests;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Does the same for many at once: whoever comes while it is being done for others waits, and all who wait are next,
 * together. Nobody waits for company.
 */
public final class Batcher<T> {
    /** For work that waits for the store: a connection lost without a word must not hold up those who come later for ever. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    private final int most;
    private final Function<List<T>, Uni<Void>> work;
    private final Deque<T> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * For so many at once.
     *
     * @param work ends some time, whatever happens, though not before it is returned, and tells each of them what became of it
     */
    public Batcher(int most, Function<List<T>, Uni<Void>> work) {
        this.most = most;
        this.work = work;
    }

    /**
     * Has it done for one who waits; the answer arrives where it was asked for.
     *
     * @param asked makes it of whom the answer is for
     */
    public <R> Uni<R> ask(Function<UniEmitter<? super R>, T> asked) {
        Context context = Vertx.currentContext();
        Uni<R> answer = Uni.createFrom().emitter(asker -> add(List.of(asked.apply(asker))));
        return context == null ? answer : answer.emitOn(MutinyHelper.executor(context));
    }

    /** Has it done for these, which nobody waits for. */
    public void add(List<T> some) {
        synchronized (waiting) {
            waiting.addAll(some);
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
