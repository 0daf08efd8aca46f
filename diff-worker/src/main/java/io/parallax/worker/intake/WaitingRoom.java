package io.parallax.worker.intake;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where messages are that have been read and have not begun, so that those behind a slow source's are read, too. When it is full no
 * more are read until somebody leaves.
 */
final class WaitingRoom {
    private static final Logger LOG = Logger.getLogger(WaitingRoom.class);

    private final int most;
    private final long mostBytes;
    private int messages;
    private long bytes;
    private @Nullable CompletableFuture<Void> door;

    WaitingRoom(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** Has it stay as long as that takes; completes when there is room for one more. */
    Uni<Void> enter(long size, Uni<Void> stay) {
        count(1, size);
        stay.onTermination()
                .invoke(() -> leave(size))
                .subscribe()
                .with(done -> {}, failure -> LOG.errorf(failure, "a message is not taken in"));
        return Uni.createFrom().completionStage(this::roomForOneMore);
    }

    private synchronized void count(int more, long size) {
        messages += more;
        bytes += more * size;
    }

    private void leave(long size) {
        count(-1, size);
        CompletableFuture<Void> opened = opened();
        if (opened != null) {
            opened.complete(null);
        }
    }

    private synchronized @Nullable CompletableFuture<Void> opened() {
        CompletableFuture<Void> closed = isFull() ? null : door;
        door = closed == null ? door : null;
        return closed;
    }

    private synchronized CompletableFuture<Void> roomForOneMore() {
        if (!isFull()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> closed = door == null ? new CompletableFuture<>() : door;
        door = closed;
        return closed;
    }

    private boolean isFull() {
        return messages >= most || bytes >= mostBytes;
    }
}
