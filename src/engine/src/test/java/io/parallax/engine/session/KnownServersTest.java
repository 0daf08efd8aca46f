package io.parallax.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownServersTest {
    private final AtomicLong now = new AtomicLong();
    private final KnownServers known = new KnownServers(now::get);
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void asksOnce() {
        assertThat(of("a:5432 15.1", "hash")).isEqualTo(1);
        assertThat(of("a:5432 15.1", "hash")).isEqualTo(1);
    }

    @Test
    void asksAgainOfAnotherVersion() {
        assertThat(of("a:5432 15.1", "hash")).isEqualTo(1);
        assertThat(of("a:5432 15.2", "hash")).isEqualTo(2);
        assertThat(of("a:5432 15.2", "other")).isEqualTo(3);
    }

    @Test
    void forgetsWhatNobodyAskedForLately() {
        of("first", "hash");
        for (int i = 0; i < 999; i++) {
            of("a" + i, "hash");
        }
        assertThat(of("first", "hash")).isEqualTo(1);
        of("last", "hash");
        assertThat(of("first", "hash")).isEqualTo(1);
        assertThat(of("a0", "hash")).isEqualTo(1002);
    }

    @Test
    void asksAgainAfterAWhile() {
        assertThat(of("a:5432 15.1", "hash")).isEqualTo(1);
        now.addAndGet(Duration.ofMinutes(9).toNanos());
        assertThat(of("a:5432 15.1", "hash")).isEqualTo(1);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(of("a:5432 15.1", "hash")).isEqualTo(2);
    }

    private int of(String server, String about) {
        return known.of(server, about, asked::incrementAndGet);
    }
}
