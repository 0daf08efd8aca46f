package io.parallax.api.streams;

import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection of whose answer nothing has gone out for a while, though there is more. Idle timeouts of a server cannot tell that
 * from a client that waits for us.
 */
final class UnreadAnswers extends ChannelHandlerAdapter {
    /** Looks within one patience. */
    private static final int LOOKS = 4;

    private final long patience;
    private Pending last = Pending.NOTHING;
    private long since = System.nanoTime();
    private @Nullable Future<?> looking;

    UnreadAnswers(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** What is on its way to the client. */
    private record Pending(long bytes, @Nullable Object part, long progress) {
        private static final Pending NOTHING = new Pending(0, null, 0);

        static Pending of(@Nullable ChannelOutboundBuffer buffer) {
            return buffer == null || buffer.totalPendingWriteBytes() == 0
                    ? NOTHING
                    : new Pending(buffer.totalPendingWriteBytes(), buffer.current(), buffer.currentProgress());
        }

        /** Both of the same part, of which nothing has gone out in between; more may have come behind it. */
        boolean stands(Pending before) {
            return part != null && part == before.part && progress == before.progress;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long pause = patience / LOOKS;
        looking = context.executor().scheduleWithFixedDelay(() -> look(context), pause, pause, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        Objects.requireNonNull(looking).cancel(false);
    }

    private void look(ChannelHandlerContext context) {
        Pending now = Pending.of(context.channel().unsafe().outboundBuffer());
        if (!now.stands(last)) {
            last = now;
            since = System.nanoTime();
        } else if (System.nanoTime() - since >= patience) {
            // Not by the channel: the handlers behind this one would close it once all has gone out, which nothing
            // does.
            context.close();
        }
    }
}
