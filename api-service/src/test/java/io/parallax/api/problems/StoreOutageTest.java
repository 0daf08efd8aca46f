package io.parallax.api.problems;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import org.hibernate.HibernateException;
import org.hibernate.JDBCException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreOutageTest {
    @Test
    void isAConnectionThatFailsHoweverDeepInside() {
        assertThat(StoreOutage.caused(new RuntimeException(new ConnectException("refused"))))
                .isTrue();
        assertThat(StoreOutage.caused(new PgException("shutting down", "FATAL", "57P01", null)))
                .isTrue();
    }

    @Test
    void isWhateverTheClientSays() {
        assertThat(StoreOutage.caused(new VertxException("Timeout waiting for connection", true)))
                .isTrue();
        assertThat(StoreOutage.caused(new ConnectionPoolTooBusyException("max wait queue size")))
                .isTrue();
        assertThat(StoreOutage.caused(new NoStackTraceThrowable("Pool closed"))).isTrue();
        assertThat(StoreOutage.caused(new HibernateException(new ClosedChannelException())))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"08006", "57P01", "57P03", "57014", "53300", "53100", "25006", "40001", "40P01", "55P03", "XX000"
            })
    void isWhatTheStoreSaysOfItself(String state) {
        assertThat(StoreOutage.caused(new PgException("no", "FATAL", state, null)))
                .isTrue();
        assertThat(StoreOutage.caused(new JDBCException("no", new SQLException("no", state))))
                .isTrue();
    }

    @Test
    void isNoFaultOfOurs() {
        assertThat(StoreOutage.caused(new PgException("duplicate key", "ERROR", "23505", null)))
                .isFalse();
        assertThat(StoreOutage.caused(new JDBCException("no", new SQLException("no", "23505"))))
                .isFalse();
        assertThat(StoreOutage.caused(new IllegalStateException("bug"))).isFalse();
        assertThat(StoreOutage.caused(new IllegalStateException(new JsonParseException(null, "no JSON"))))
                .isFalse();
    }
}
