package io.parallax.dialect.lying;

import io.parallax.contract.Dataset;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.Catalog;
import io.parallax.engine.dialect.Cutting;
import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.dialect.Fingerprints;
import io.parallax.engine.dialect.HashInput;
import io.parallax.engine.dialect.Probes;
import io.parallax.engine.dialect.Rights;
import io.parallax.engine.dialect.ShortRanges;
import io.parallax.engine.dialect.Times;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.dialect.Writing;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's dialect but for one {@link Lie} at a time. */
public final class LyingDialect implements Dialect {
    /** What its sources are of. */
    public static final String TYPE = "lying";

    private static final AtomicReference<Lie> LIE = new AtomicReference<>(Lie.NONE);
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final Map<Session, Session> REAL = new ConcurrentHashMap<>();

    /** From now on that is wrong. */
    public static void tell(Lie lie) {
        LIE.set(lie);
    }

    /** How often a server was asked for hashes, or known values, so far. */
    public static int asked() {
        return ASKED.get();
    }

    private static <T> T asking(T answer) {
        ASKED.incrementAndGet();
        return answer;
    }

    private static Dialect real() {
        return Dialects.named("postgres");
    }

    private static Lie lie() {
        return LIE.get();
    }

    @Override
    public String id() {
        return "lying";
    }

    @Override
    public String name() {
        return "A liar";
    }

    @Override
    public List<String> sourceTypes() {
        return List.of(TYPE);
    }

    @Override
    public Sessions sessions(ConnectionSettings settings) {
        Sessions sessions = real().sessions(settings);
        return Replaced.in(
                Sessions.class,
                sessions,
                Map.of(
                        "open",
                        arguments -> wrapped(
                                arguments.length == 4
                                        ? sessions.open(
                                                honest(arguments[0]),
                                                (String) arguments[1],
                                                (Locking) arguments[2],
                                                (Cancellation) arguments[3])
                                        : sessions.open(honest(arguments[0]), (Locking) arguments[1], (Cancellation)
                                                arguments[2]))));
    }

    private static SourceDetails honest(Object source) {
        return new SourceDetails("pg", ((SourceDetails) source).options());
    }

    /** Each lie has a server of its own, of which nothing is known before. */
    private Session wrapped(Session session) {
        AtomicReference<@Nullable Session> self = new AtomicReference<>();
        Replaced.Instead itself = unused -> self.get();
        Session wrapped = Replaced.in(
                Session.class,
                session,
                Map.of(
                        "dialect",
                        unused -> id(),
                        "server",
                        unused -> session.server() + lie().name(),
                        "hashCode",
                        unused -> System.identityHashCode(session),
                        "equals",
                        arguments -> arguments[0] == self.get(),
                        "named",
                        arguments -> {
                            session.named((String) arguments[0]);
                            return itself.of(arguments);
                        },
                        "told",
                        arguments -> {
                            session.told(settings(arguments[0]));
                            return itself.of(arguments);
                        },
                        "close",
                        arguments -> {
                            session.close();
                            REAL.remove(self.get());
                            return null;
                        }));
        self.set(wrapped);
        REAL.put(wrapped, session);
        return wrapped;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> settings(Object argument) {
        return (Map<String, String>) argument;
    }

    private static Session real(Object session) {
        return REAL.getOrDefault((Session) session, (Session) session);
    }

    @Override
    public Locking locking(Dataset dataset) {
        return real().locking(dataset);
    }

    @Override
    public Locking locking(String from, @Nullable String filter) {
        return real().locking(from, filter);
    }

    @Override
    public Catalog catalog(Session session) {
        Catalog catalog = real().catalog(real(session));
        return Replaced.in(
                Catalog.class,
                catalog,
                Map.of("describe", arguments -> of(id(), catalog.describe((Dataset) arguments[0]))));
    }

    private static DescribedDataset of(String dialect, DescribedDataset dataset) {
        return new DescribedDataset(
                dialect, dataset.from(), dataset.filter(), dataset.columns(), dataset.storage(), dataset.access());
    }

    @Override
    public Expressions expressions() {
        return real().expressions();
    }

    @Override
    public Values values() {
        Values values = real().values();
        return Replaced.in(
                Values.class,
                values,
                Map.of(
                        "value",
                        each -> hashed(Lie.Place.HASHED, values.value((Column) each[0], (Column) each[1]), each),
                        "key",
                        each -> hashed(Lie.Place.HASHED_KEYS, values.key((Column) each[0], (Column) each[1]), each),
                        "sent",
                        each -> sent(Lie.Place.SENT, values.sent((Column) each[0], (Column) each[1]), each),
                        "sentWhole",
                        each -> sent(Lie.Place.SENT, values.sentWhole((Column) each[0], (Column) each[1]), each),
                        "sentKey",
                        each -> sent(
                                Lie.Place.SENT_KEYS,
                                values.sentKey((Column) each[0], (Column) each[1], (Boolean) each[2]),
                                each),
                        "sentKeyToWrite",
                        each -> sent(
                                Lie.Place.SENT_KEYS,
                                values.sentKeyToWrite((Column) each[0], (Column) each[1], (Boolean) each[2]),
                                each)));
    }

    private static CanonicalExpression hashed(Lie.Place place, CanonicalExpression value, Object[] columns) {
        Lie lie = lie();
        HashInput input = value.hashed();
        return lie.isTold(place, (Column) columns[0], (Column) columns[1])
                ? new CanonicalExpression(
                        lie.told(value.sql()),
                        value.wide(),
                        new HashInput(input.link(), lie.told(input.sql()), input.nullTest()))
                : value;
    }

    private static WireColumn sent(Lie.Place place, WireColumn column, Object[] columns) {
        Lie lie = lie();
        return lie.isTold(place, (Column) columns[0], (Column) columns[1])
                ? new WireColumn(
                        lie.told(column.sql()),
                        column.encoding(),
                        column.orderBy(),
                        column.shortens(),
                        column.longest())
                : column;
    }

    @Override
    public Rights rights() {
        return real().rights();
    }

    @Override
    public Times times() {
        return real().times();
    }

    @Override
    public Cutting cutting() {
        return real().cutting();
    }

    @Override
    public Optional<ShortRanges> shortRanges() {
        return real().shortRanges();
    }

    @Override
    public Optional<Writing> writing() {
        return real().writing();
    }

    @Override
    public Fingerprints fingerprints() {
        Fingerprints fingerprints = real().fingerprints();
        return Replaced.in(
                Fingerprints.class,
                fingerprints,
                Map.of("offered", arguments -> asking(fingerprints.offered(real(arguments[0])))));
    }

    @Override
    public Probes probes() {
        Probes probes = real().probes();
        return Replaced.in(Probes.class, probes, Map.of("of", arguments -> asking(probes.of(real(arguments[0])))));
    }
}
