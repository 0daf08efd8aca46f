package io.parallax.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Name servers that do not answer hold few threads. */
class LookupsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);
    private final Semaphore asked = new Semaphore(0);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final Lookups lookups = new Lookups(this::addresses, now::get);

    private InetAddress[] addresses(String host) throws UnknownHostException {
        asked.release();
        if (!host.equals("sound")) {
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @AfterEach
    void end() {
        answer.countDown();
        lookups.close();
    }

    private CompletableFuture<List<InetAddress>> begin(String host) {
        return lookups.addresses(host).subscribeAsCompletionStage();
    }

    private List<InetAddress> addressesOf(String host) {
        return lookups.addresses(host).await().atMost(PATIENCE);
    }

    @Test
    void ofANameThereAreTwoAtMost() throws InterruptedException {
        // Given some who ask at once, one of whom does not wait
        List<CompletableFuture<List<InetAddress>>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(begin("lost"));
        }
        waiting.remove(3).cancel(false);
        asked.acquire(1);
        now.addAndGet(SECOND);
        waiting.add(begin("lost"));
        asked.acquire(1);
        now.addAndGet(SECOND);

        // Then
        assertThatThrownBy(() -> addressesOf("lost")).isInstanceOf(Lookups.Busy.class);
        assertThat(asked.availablePermits()).isZero();
        assertThat(addressesOf("sound")).containsExactly(InetAddress.getLoopbackAddress());
        asked.acquire(1);

        // When they answer
        answer.countDown();
        assertThat(waiting).allSatisfy(one -> assertThat(one.join()).containsExactly(InetAddress.getLoopbackAddress()));
        assertThat(addressesOf("lost")).hasSize(1);
    }

    @Test
    void moreThanThereAreThreadsForDoNotBegin() throws InterruptedException {
        for (int i = 0; i < 64; i++) {
            begin("lost" + i);
        }
        asked.acquire(64);
        assertThatThrownBy(() -> addressesOf("sound")).isInstanceOf(Lookups.Busy.class);
        Outcome outcome = Outcome.failed(new Lookups.Busy());
        assertThat(outcome.tried()).isFalse();
        assertThat(outcome.words()).isEqualTo("Too many names are being looked up.");
    }

    @Test
    void aNameThatNobodyKnowsHasNoAddress() {
        try (Lookups none = new Lookups(
                host -> {
                    throw new UnknownHostException(host);
                },
                now::get)) {
            assertThat(none.addresses("nobody").await().atMost(PATIENCE)).isEmpty();
        }
    }
}
