package io.parallax.api.requests;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Work whose cost grows with a diff, on a thread of its own: an event loop is everybody's. */
public final class OffTheLoop {
    /** Bytes or characters of JSON below which the way to another thread would cost more. */
    private static final long SMALL = 1 << 14;

    private OffTheLoop() {}

    /** What comes of it arrives where it was asked for. */
    public static <T> Uni<T> run(Supplier<T> work) {
        return on(Uni.createFrom().item(work));
    }

    /**
     * The same, unless it is too little to be worth it.
     *
     * @param size bytes or characters of JSON that are worked through
     */
    public static <T> Uni<T> run(long size, Supplier<T> work) {
        Uni<T> done = Uni.createFrom().item(work);
        return size < SMALL ? done : on(done);
    }

    /** The same of work that goes on elsewhere once it is begun. */
    public static <T> Uni<T> begin(long size, Supplier<Uni<? extends T>> work) {
        Uni<T> done = Uni.createFrom().deferred(work);
        return size < SMALL ? done : on(done);
    }

    private static <T> Uni<T> on(Uni<T> work) {
        Context context = Vertx.currentContext();
        Uni<T> done = work.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        return context == null ? done : done.emitOn(MutinyHelper.executor(context));
    }
}
