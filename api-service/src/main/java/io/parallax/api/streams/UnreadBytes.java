package io.parallax.api.streams;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.parallax.api.problems.ProblemException;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** What clients have not read so far of their answers, which memory holds for them: so much, and no more. */
@ApplicationScoped
public class UnreadBytes {
    /** Of all memory, unless somebody has said otherwise. */
    private static final int PART = 4;

    private static final long LARGE = 1 << 20;

    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private final long most;

    UnreadBytes(@ConfigProperty(name = "parallax.answers.unread") Optional<MemorySize> most) {
        this.most =
                most.map(MemorySize::asLongValue).orElse(Runtime.getRuntime().maxMemory() / PART);
    }

    /** Counts what waits on this connection, for as long as it is open. */
    void add(Channel channel) {
        if (channels.add(channel)) {
            channel.closeFuture().addListener(closed -> channels.remove(channel));
        }
    }

    /**
     * Passes when there is room for an answer of this size, as there is where clients read what they have asked for; small ones always
     * pass.
     *
     * @throws ProblemException (429) when there is none
     */
    public void requireRoom(long bytes) {
        long unread = bytes < LARGE ? 0 : unread();
        if (unread > 0 && unread + bytes > most) {
            throw new ProblemException(
                    429, "Clients have not read yet what this service has answered; try again in a moment.");
        }
    }

    private long unread() {
        return channels.stream()
                .map(channel -> channel.unsafe().outboundBuffer())
                .mapToLong(UnreadBytes::size)
                .sum();
    }

    private static long size(@Nullable ChannelOutboundBuffer waiting) {
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }
}
