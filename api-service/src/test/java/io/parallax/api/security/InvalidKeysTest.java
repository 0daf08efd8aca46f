package io.parallax.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.problems.ProblemException;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvalidKeysTest {
    private static final String ADDRESS = "10.0.0.7";

    private final AtomicLong now = new AtomicLong();
    private final Set<String> stored = new HashSet<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final InvalidKeys keys = new InvalidKeys(10, now::get, () -> {
        looks.incrementAndGet();
        return Uni.createFrom().item(Set.copyOf(stored));
    });

    private boolean mayAsk(String address, String key, boolean isValid) {
        try {
            keys.answered(keys.ask(address, key, allowance -> {}), isValid);
            return true;
        } catch (ProblemException e) {
            assertThat(e.status()).isEqualTo(429);
            return false;
        }
    }

    private int asked(String address) {
        int asked = 0;
        while (asked < 100 && mayAsk(address, "wrong " + asked, false)) {
            asked++;
        }
        return asked;
    }

    @Test
    void anAddressMayBeWrongSoOften() {
        assertThat(asked(ADDRESS)).isEqualTo(10);
        assertThat(asked("10.0.0.8")).isEqualTo(10);
        now.addAndGet(30_000_000_000L);
        assertThat(asked(ADDRESS)).isEqualTo(5);
    }

    @Test
    void whoWasValidLatelyIsLetIn() {
        stored.add(InvalidKeys.hash(ApiKey.hash("right")));
        assertThat(mayAsk(ADDRESS, "right", true)).isTrue();
        assertThat(asked(ADDRESS)).isEqualTo(10);
        for (int i = 0; i < 100; i++) {
            assertThat(mayAsk(ADDRESS, "right", true)).isTrue();
        }
        // Until the store says otherwise
        assertThat(mayAsk(ADDRESS, "right", false)).isTrue();
        assertThat(mayAsk(ADDRESS, "right", false)).isFalse();
    }

    @Test
    void whoIsValidPaysNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(mayAsk(ADDRESS, "right " + i, true)).isTrue();
        }
        keys.unanswered(keys.ask(ADDRESS, "unknown", allowance -> {}));
        assertThat(asked(ADDRESS)).isEqualTo(10);
    }

    /** While the store is away, it says so now and then. */
    @Test
    void anOutageOfTheStoreIsNotToldByEach() {
        List<LogRecord> said = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger(InvalidKeys.class.getName());
        log.addHandler(handler);
        try {
            long begun = System.nanoTime();
            InvalidKeys outage = new InvalidKeys(
                    10, now::get, () -> Uni.createFrom().failure(new ConnectException("expected by this test")));
            for (int i = 0; i < 100; i++) {
                now.addAndGet(1_000_000_000L);
                outage.learn(new StartupEvent());
            }
            assertThat(said)
                    .hasSizeLessThanOrEqualTo(
                            (int) Duration.ofNanos(System.nanoTime() - begun).toSeconds() + 2);
        } finally {
            log.removeHandler(handler);
        }
    }

    /** Of this replica nobody has been valid yet, or the key was made by another one. */
    @Test
    void looksOnceASecondWhichKeysThereAre() {
        assertThat(asked(ADDRESS)).isEqualTo(10);
        assertThat(looks).hasValue(1);
        stored.add(InvalidKeys.hash(ApiKey.hash("new")));
        for (int i = 0; i < 100; i++) {
            assertThat(mayAsk(ADDRESS, "new", true)).isFalse();
        }
        assertThat(looks).hasValue(1);
        now.addAndGet(30_000_000_000L);
        assertThat(asked(ADDRESS)).isEqualTo(5);
        assertThat(looks).hasValue(2);
        assertThat(mayAsk(ADDRESS, "new", true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, 0",
        "2001:db8:0:1::1, 2001:db8:0:2::1, 10",
        "10.0.0.1, 10.0.0.2, 10",
        "proxy, proxy, 0"
    })
    void goesByNetworksThatSomebodyHas(String one, String other, int left) {
        assertThat(asked(one)).isEqualTo(10);
        assertThat(asked(other)).isEqualTo(left);
    }

    @Test
    void canBeOff() {
        InvalidKeys off = new InvalidKeys(0, now::get, () -> Uni.createFrom().item(Set.of()));
        for (int i = 0; i < 1000; i++) {
            off.answered(off.ask(ADDRESS, "wrong", allowance -> {}), false);
        }
    }
}
