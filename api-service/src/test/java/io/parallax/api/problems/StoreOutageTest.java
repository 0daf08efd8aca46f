package io.parallax.api.problems;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class StoreOutageTest {
    @Test
    void isAConnectionThatFailsHoweverDeepInside() {
        assertThat(StoreOutage.caused(new RuntimeException(new ConnectException("refused"))))
                .isTrue();
        assertThat(StoreOutage.caused(new PgException("shutting down", "FATAL", "57P01", null)))
                .isTrue();
    }

    @Test
    void isAPoolThatIsClosedBecauseTheServiceEnds() {
        assertThat(StoreOutage.caused(new NoStackTraceThrowable("Pool closed"))).isTrue();
        assertThat(StoreOutage.caused(
                        new NoStackTraceThrowable("Connection is not active now, current status: CLOSING")))
                .isTrue();
        assertThat(StoreOutage.caused(new NoStackTraceThrowable("something else")))
                .isFalse();
    }

    @Test
    void isNoFaultOfOurs() {
        assertThat(StoreOutage.caused(new PgException("duplicate key", "ERROR", "23505", null)))
                .isFalse();
        assertThat(StoreOutage.caused(new IllegalStateException("bug"))).isFalse();
        assertThat(StoreOutage.caused(new IllegalStateException(new JsonParseException(null, "no JSON"))))
                .isFalse();
    }
}
