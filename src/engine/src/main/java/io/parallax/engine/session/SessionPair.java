package io.parallax.engine.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A session on each side; work on both goes on at once, and ends on both as soon as it fails on one. */
public final class SessionPair implements AutoCloseable {
    private final Session a;
    private final Session b;

    private final boolean onOneSnapshot;
    private final Executor otherSide;

    private SessionPair(Session a, Session b, boolean onOneSnapshot, Executor otherSide) {
        this.a = a.named("Side A");
        this.b = b.named("Side B");
        this.onOneSnapshot = onOneSnapshot;
        this.otherSide = otherSide;
        // What one side still does is for nothing when the other has given way while it had nothing to do.
        a.whenLost(() -> follow(b, a));
        b.whenLost(() -> follow(a, b));
    }

    private static void follow(Session session, Session other) {
        Waiter toWhom = other.waiter();
        if (toWhom != null) {
            session.giveWay(toWhom);
        }
    }

    /** What came of some work on each side. */
    public record Both<T>(T a, T b) {}

    /** Opens both, or none; each sees a snapshot of its own of what it locks. */
    public static SessionPair open(
            Sessions sessions,
            SourceDetails a,
            SourceDetails b,
            Locking lockingA,
            Locking lockingB,
            Cancellation cancellation) {
        return open(
                sessions,
                () -> sessions.open(a, lockingA, cancellation),
                () -> sessions.open(b, lockingB, cancellation));
    }

    /** Opens both, or none; each sees the snapshot of that name. */
    public static SessionPair open(
            Sessions sessions,
            SourceDetails a,
            SourceDetails b,
            String snapshotA,
            String snapshotB,
            Cancellation cancellation) {
        return open(
                sessions,
                () -> sessions.open(a, snapshotA, cancellation),
                () -> sessions.open(b, snapshotB, cancellation));
    }

    /**
     * Opens both, or none, on one source and one snapshot of it: the one of that name, or one that is taken now.
     *
     * @param locking what both read
     */
    public static SessionPair openTogether(
            Sessions sessions,
            SourceDetails source,
            @Nullable String snapshot,
            Locking locking,
            Cancellation cancellation) {
        Session openA = openA(sessions, source, snapshot, locking, cancellation);
        try {
            String shared = snapshot == null ? openA.exportSnapshot() : snapshot;
            return new SessionPair(openA, sessions.open(source, shared, cancellation), true, sessions.otherSide());
        } catch (RuntimeException | Error e) {
            openA.close();
            throw named(unchecked(e), "B");
        }
    }

    private static Session openA(
            Sessions sessions,
            SourceDetails source,
            @Nullable String snapshot,
            Locking locking,
            Cancellation cancellation) {
        try {
            return snapshot == null
                    ? sessions.open(source, locking, cancellation).named("Side A")
                    : sessions.open(source, snapshot, cancellation).named("Side A");
        } catch (RuntimeException e) {
            throw named(e, "A");
        }
    }

    /** Opens both, or none. */
    public static SessionPair open(Sessions sessions, Supplier<Session> a, Supplier<Session> b) {
        Executor otherSide = sessions.otherSide();
        CompletableFuture<Session> openB = CompletableFuture.supplyAsync(b, otherSide);
        Session openA;
        try {
            openA = a.get();
        } catch (RuntimeException | Error e) {
            openB.thenAccept(Session::close);
            throw named(unchecked(e), "A");
        }
        try {
            return new SessionPair(openA, openB.join(), false, otherSide);
        } catch (CompletionException e) {
            openA.close();
            throw named(cause(e), "B");
        }
    }

    /** Whether both see the same database at the same moment. */
    public boolean isOnOneSnapshot() {
        return onOneSnapshot;
    }

    public Session a() {
        return a;
    }

    public Session b() {
        return b;
    }

    /** Work on A's session that reads both sides. */
    public void joined(Consumer<Session> work) {
        a.named("Sides A and B");
        try {
            work.accept(a);
        } finally {
            a.named("Side A");
        }
    }

    /** The same work on both sides. */
    public <T> Both<T> both(Function<Session, T> work) {
        return both(work, work);
    }

    /** Work on both sides at once. */
    public <T> Both<T> both(Function<Session, T> workA, Function<Session, T> workB) {
        CompletableFuture<T> runB = CompletableFuture.supplyAsync(() -> elseStop(a, () -> workB.apply(b)), otherSide);
        T resultA;
        try {
            resultA = elseStop(b, () -> workA.apply(a));
        } catch (RuntimeException | Error e) {
            throw first(unchecked(e), runB);
        }
        try {
            return new Both<>(resultA, runB.join());
        } catch (CompletionException e) {
            throw named(cause(e), "B");
        }
    }

    /** Whether both databases answer within some seconds. */
    public boolean answer(int seconds) {
        return a.answers(seconds) && b.answers(seconds);
    }

    /** Has this run, maybe twice, once either has given way to somebody who waited for its locks. */
    public void whenGivenWay(Runnable action) {
        a.whenLost(action);
        b.whenLost(action);
    }

    /** To whom either has given way; empty when neither has. */
    public Optional<DiffFailedException> givenWay() {
        return Stream.of(a, b)
                .flatMap(side -> Stream.ofNullable(side.waiter()))
                .map(Waiter::failure)
                .findFirst();
    }

    /** Ends both connections, whatever the databases do. */
    public void abandon() {
        a.abandon();
        b.abandon();
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }

    private static <T> T elseStop(Session other, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            other.stop();
            throw e;
        }
    }

    /** A's failure, unless A only failed because it was stopped on behalf of B. */
    private static <T> RuntimeException first(RuntimeException failureA, CompletableFuture<T> runB) {
        RuntimeException failureB = runB.handle((done, failure) -> failure == null ? failureA : cause(failure))
                .join();
        return isStop(failureA) && !isStop(failureB) ? named(failureB, "B") : named(failureA, "A");
    }

    private static boolean isStop(RuntimeException failure) {
        return failure instanceof DiffFailedException failed && failed.failure().type() == ErrorType.CANCELLED;
    }

    private static RuntimeException named(RuntimeException failure, String side) {
        if (failure instanceof DiffFailedException failed && !isStop(failure)) {
            return failed.at("Side " + side);
        }
        return failure;
    }

    private static RuntimeException cause(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return unchecked(cause);
    }

    private static RuntimeException unchecked(Throwable failure) {
        return failure instanceof RuntimeException runtime ? runtime : new IllegalStateException(failure);
    }
}
