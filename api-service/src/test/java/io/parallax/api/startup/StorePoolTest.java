package io.parallax.api.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorePoolTest {
    @TempDir
    private Path directory;

    private static PgConnectOptions options(String mode, Path rootCertificate) {
        PgConnectOptions options = new PgConnectOptions();
        new StorePool(mode, Optional.ofNullable(rootCertificate).map(Path::toString), Duration.ofSeconds(7), "none")
                .encrypt(options);
        return options;
    }

    @ParameterizedTest
    @CsvSource({"disable, false", "prefer, true", "require, true"})
    void verifiesNothingUnlessItIsToldTo(String mode, boolean trusting) {
        PgConnectOptions options = options(mode, null);
        assertThat(options.getSslMode()).isEqualTo(SslMode.of(mode));
        assertThat(options.isTrustAll()).isEqualTo(trusting);
    }

    @ParameterizedTest
    @CsvSource({"verify-ca, ''", "verify-full, HTTPS"})
    void verifies(String mode, String algorithm) throws Exception {
        PgConnectOptions options = options(mode, Files.createFile(directory.resolve("ca.crt")));
        assertThat(options.getSslMode()).isEqualTo(SslMode.of(mode));
        assertThat(options.isTrustAll()).isFalse();
        assertThat(options.getPemTrustOptions().getCertPaths())
                .containsExactly(directory.resolve("ca.crt").toString());
        assertThat(options.getHostnameVerificationAlgorithm()).isEqualTo(algorithm);
    }

    @Test
    void nobodyWaitsForLong() {
        PoolOptions options =
                new StorePool("disable", Optional.empty(), Duration.ofSeconds(7), "none").bounded(new PoolOptions());
        assertThat(options.getConnectionTimeoutUnit().toMillis(options.getConnectionTimeout()))
                .isEqualTo(7000);
        assertThat(options.getMaxWaitQueueSize()).isPositive();
    }

    @Test
    void keepsNoStatementBehindAPooler() {
        PgConnectOptions direct = prepared("none");
        assertThat(direct.getCachePreparedStatements()).isTrue();
        assertThat(direct.getUseLayer7Proxy()).isFalse();
        PgConnectOptions pooled = prepared("transaction");
        assertThat(pooled.getCachePreparedStatements()).isFalse();
        assertThat(pooled.getUseLayer7Proxy()).isTrue();
        assertThatThrownBy(() -> prepared("session")).hasMessageContaining("PARALLAX_STORE_POOLER is session");
    }

    private static PgConnectOptions prepared(String pooler) {
        PgConnectOptions options = new PgConnectOptions().setCachePreparedStatements(true);
        new StorePool("disable", Optional.empty(), Duration.ofSeconds(7), pooler).prepareStatements(options);
        return options;
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> options("verify-full", null))
                .hasMessageContaining("PARALLAX_STORE_ROOTCERT must name");
        assertThatThrownBy(() -> options("verify-ca", directory.resolve("none")))
                .hasMessageContaining("no such file can be read");
        assertThatThrownBy(() -> options("on", null)).hasMessageContaining("PARALLAX_STORE_SSLMODE is on");
    }
}
