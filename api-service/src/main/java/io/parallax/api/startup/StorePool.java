package io.parallax.api.startup;

import io.parallax.api.store.StatementHints;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The connections to the store, encrypted as its operator wants them. */
@Singleton
class StorePool implements PgPoolCreator {
    /**
     * A plan that was made while a table was nearly empty, for one of our statements or for a foreign key, is kept until its
     * statistics are made anew, a minute and ten thousand rows later. Every statement of ours has its index; and what goes
     * by the cost of a plan must not see what it costs to do without.
     */
    private static final String BY_INDEX = "set enable_seqscan = off; set jit = off";

    /** So many more than there are connections that they would not be served within the patience of whoever asks. */
    private static final int MOST_WAITING = 5000;

    private final String mode;
    private final Optional<String> rootCertificate;
    private final Duration patience;
    private final Pooler pooler;

    /**
     * Of a mode that libpq knows.
     *
     * @param rootCertificate a file in PEM format, for the modes that verify
     * @param patience how long anybody waits for a connection when all are taken, or for a new one
     * @param pooler what stands before the store
     */
    StorePool(
            @ConfigProperty(name = "parallax.store.sslmode") String mode,
            @ConfigProperty(name = "parallax.store.rootcert") Optional<String> rootCertificate,
            @ConfigProperty(name = "parallax.store.patience", defaultValue = "5s") Duration patience,
            @ConfigProperty(name = "parallax.store.pooler") String pooler) {
        this.mode = mode;
        this.rootCertificate = rootCertificate;
        this.patience = patience;
        this.pooler = Pooler.of(pooler);
    }

    @Override
    public Pool create(Input input) {
        input.pgConnectOptionsList().forEach(this::encrypt);
        input.pgConnectOptionsList().forEach(this::prepareStatements);
        input.pgConnectOptionsList().forEach(options -> options.setConnectTimeout((int) patience.toMillis()));
        Pool pool = Pool.pool(input.vertx(), input.pgConnectOptionsList().get(0), bounded(input.poolOptions()));
        return pooler == Pooler.NONE ? pool.connectHandler(StorePool::prepare) : pool;
    }

    /** Behind a pooler the next statement may be on another connection, which has not heard of what was prepared. */
    void prepareStatements(PgConnectOptions options) {
        if (pooler == Pooler.TRANSACTION) {
            options.setCachePreparedStatements(false).setUseLayer7Proxy(true);
            // Poolers know nothing of it, and refuse whoever begins with it; a server's own is as good since PostgreSQL
            // 12.
            options.getProperties().remove("extra_float_digits");
        } else {
            // Long ones are those that are worth it.
            options.setPreparedStatementCacheSqlFilter(sql -> !sql.startsWith(StatementHints.ANEW));
        }
    }

    /** Quarkus has no properties for these. */
    PoolOptions bounded(PoolOptions options) {
        return options.setConnectionTimeout((int) patience.toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxWaitQueueSize(MOST_WAITING);
    }

    private static void prepare(SqlConnection connection) {
        connection.query(BY_INDEX).execute().onComplete(done -> connection.close());
    }

    /** Modes that verify nothing trust everybody, as everywhere in the world of PostgreSQL. */
    void encrypt(PgConnectOptions options) {
        options.setHostnameVerificationAlgorithm("");
        switch (mode) {
            case "disable" -> options.setSslMode(SslMode.DISABLE);
            case "prefer" -> options.setSslMode(SslMode.PREFER).setTrustAll(true);
            case "require" -> options.setSslMode(SslMode.REQUIRE).setTrustAll(true);
            case "verify-ca" -> options.setSslMode(SslMode.VERIFY_CA).setPemTrustOptions(trusted());
            case "verify-full" -> options.setSslMode(SslMode.VERIFY_FULL)
                    .setPemTrustOptions(trusted())
                    .setHostnameVerificationAlgorithm("HTTPS");
            default -> throw new IllegalStateException("PARALLAX_STORE_SSLMODE is " + mode
                    + "; it must be disable, prefer, require, verify-ca or verify-full.");
        }
    }

    private PemTrustOptions trusted() {
        String file = rootCertificate.orElseThrow(() -> new IllegalStateException("PARALLAX_STORE_SSLMODE is " + mode
                + "; PARALLAX_STORE_ROOTCERT must name a file of certificates in PEM format."));
        if (!Files.isReadable(Path.of(file))) {
            throw new IllegalStateException("PARALLAX_STORE_ROOTCERT is " + file + "; no such file can be read.");
        }
        return new PemTrustOptions().addCertPath(file);
    }
}
