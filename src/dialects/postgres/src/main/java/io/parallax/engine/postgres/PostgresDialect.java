package io.parallax.engine.postgres;

import io.parallax.contract.Dataset;
import io.parallax.engine.dialect.Catalog;
import io.parallax.engine.dialect.Cutting;
import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.dialect.Fingerprints;
import io.parallax.engine.dialect.Probes;
import io.parallax.engine.dialect.Rights;
import io.parallax.engine.dialect.ShortRanges;
import io.parallax.engine.dialect.Times;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.dialect.Writing;
import io.parallax.engine.postgres.catalog.PostgresCatalog;
import io.parallax.engine.postgres.probe.PostgresProbes;
import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.postgres.session.PostgresSessions;
import io.parallax.engine.postgres.session.SourceOptions;
import io.parallax.engine.postgres.session.TableLocks;
import io.parallax.engine.postgres.value.PostgresValues;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, from version 13 on. */
public final class PostgresDialect implements Dialect {
    private static final Expressions EXPRESSIONS = new PostgresExpressions();
    private static final Values VALUES = new PostgresValues();
    private static final Times TIMES = new PostgresTimes();
    private static final Cutting CUTTING = new PostgresCutting();
    private static final ShortRanges RANGES = new PostgresRanges();
    private static final Writing WRITING = new PostgresWriting();
    private static final Fingerprints FINGERPRINTS = new PostgresFingerprints();
    private static final Probes PROBES = new PostgresProbes();

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
    public Expressions expressions() {
        return EXPRESSIONS;
    }

    @Override
    public Values values() {
        return VALUES;
    }

    @Override
    public Rights rights() {
        return new PostgresRights();
    }

    @Override
    public Times times() {
        return TIMES;
    }

    @Override
    public Cutting cutting() {
        return CUTTING;
    }

    @Override
    public Optional<ShortRanges> shortRanges() {
        return Optional.of(RANGES);
    }

    @Override
    public Optional<Writing> writing() {
        return Optional.of(WRITING);
    }

    @Override
    public Fingerprints fingerprints() {
        return FINGERPRINTS;
    }

    @Override
    public Probes probes() {
        return PROBES;
    }
}
