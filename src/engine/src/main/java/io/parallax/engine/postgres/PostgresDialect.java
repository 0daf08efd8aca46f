package io.parallax.engine.postgres;

import io.parallax.contract.Dataset;
import io.parallax.engine.dialect.Catalog;
import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Fingerprints;
import io.parallax.engine.postgres.catalog.PostgresCatalog;
import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.postgres.session.PostgresSessions;
import io.parallax.engine.postgres.session.SourceOptions;
import io.parallax.engine.postgres.session.TableLocks;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, from version 13 on. */
public final class PostgresDialect implements Dialect {
    @Override
    public String id() {
        return PostgresSession.DIALECT;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public List<String> sourceTypes() {
        return SourceOptions.TYPES;
    }

    @Override
    public Sessions sessions(ConnectionSettings settings) {
        return new PostgresSessions(settings);
    }

    @Override
    public Locking locking(Dataset dataset) {
        return PostgresCatalog.locking(dataset);
    }

    @Override
    public Locking locking(String from, @Nullable String filter) {
        return TableLocks.of(from, filter);
    }

    @Override
    public Catalog catalog(Session session) {
        return new PostgresCatalog(session);
    }

    @Override
    public Fingerprints fingerprints() {
        return new PostgresFingerprints();
    }
}
