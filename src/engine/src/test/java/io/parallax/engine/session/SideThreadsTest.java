package io.parallax.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SideThreadsTest {
    @Test
    void worksBesideWhoeverAsks() {
        try (SideThreads threads = new SideThreads()) {
            assertThat(CompletableFuture.supplyAsync(Thread::currentThread, threads)
                            .join())
                    .isNotSameAs(Thread.currentThread());
        }
    }

    /** Work that is under way when its engine is closed must not wait for a thread that never comes. */
    @Test
    void hasTheAskersThreadDoItOnceClosed() {
        SideThreads threads = new SideThreads();
        threads.close();
        assertThat(CompletableFuture.supplyAsync(Thread::currentThread, threads).join())
                .isSameAs(Thread.currentThread());
    }
}
