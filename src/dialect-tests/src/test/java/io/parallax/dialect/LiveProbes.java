package io.parallax.dialect;

import io.parallax.contract.SourceDetails;
import io.parallax.dialect.lying.Replaced;
import io.parallax.engine.Diffing;
import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Fingerprints;
import io.parallax.engine.dialect.OfferedHash;
import io.parallax.engine.dialect.Probe;
import io.parallax.engine.dialect.Probe.KnownValue;
import io.parallax.engine.dialect.Probes;
import io.parallax.engine.dialect.RowHash;
import io.parallax.engine.dialect.SourceSessions;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.plan.probe.Aspect;
import io.parallax.engine.plan.probe.ServerProof;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session;
import io.parallax.engine.type.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A server's answers to the known values of its dialect, or of one that is a little different. */
final class LiveProbes implements AutoCloseable {
    private final SourceSessions sessions =
            new SourceSessions(Diffing.settings(Diffing.ONE).connections());
    private final Session session;

    LiveProbes(SourceDetails source) {
        session = sessions.open(source, new Cancellation());
    }

    @Override
    public void close() {
        session.close();
        sessions.close();
    }

    Dialect dialect() {
        return Dialects.of(session);
    }

    List<Probe> probes() {
        return dialect().probes().of(session);
    }

    List<String> hashes() {
        return dialect().fingerprints().offered(session).stream()
                .map(OfferedHash::id)
                .toList();
    }

    /** {@code hash}: null for none. */
    ServerProof proof(@Nullable String hash) {
        return ServerProof.of(session, hash);
    }

    /** With each value taken for another one of its type. */
    ServerProof mistaken() {
        Probes real = dialect().probes();
        Probes mistaken = Replaced.in(Probes.class, real, Map.of("of", unused -> probes().stream()
                .map(LiveProbes::shifted)
                .toList()));
        return with("probes", mistaken);
    }

    private static Probe shifted(Probe probe) {
        List<KnownValue> shifted = new ArrayList<>();
        List<KnownValue> values = probe.values();
        for (int i = 0; i < values.size(); i++) {
            int from = i;
            Object canonical = IntStream.range(1, values.size())
                    .mapToObj(step -> values.get((from + step) % values.size()).canonical())
                    .filter(other -> !Objects.deepEquals(other, values.get(from).canonical()))
                    .findFirst()
                    .orElse(values.get(from).canonical());
            shifted.add(new KnownValue(values.get(i).text(), canonical));
        }
        return new Probe(probe.own(), probe.other(), probe.type(), shifted);
    }

    /** With a dialect that does not know one value from another. */
    ServerProof blindTo(Aspect aspect) {
        String nothing = dialect().expressions().integer(0);
        return switch (aspect) {
            case VALUES -> values("sent", arguments -> constant(arguments));
            case KEYS -> values("isNull", unused -> "1 = 1");
            case EQUAL_KEYS -> values(
                    "key",
                    arguments -> new CanonicalExpression(
                            nothing,
                            false,
                            dialect()
                                    .values()
                                    .key((Column) arguments[0], (Column) arguments[1])
                                    .hashed()));
            case ROW_HASHES -> with("fingerprints", fingerprints("rows", nothing));
            case KEY_HASHES -> with("fingerprints", fingerprints("keys", nothing));
        };
    }

    /** As if everything were NULL. */
    private WireColumn constant(Object[] arguments) {
        WireColumn sent = dialect().values().sent((Column) arguments[0], (Column) arguments[1]);
        return new WireColumn(
                "case when 1 = 0 then " + sent.sql() + " end", sent.encoding(), "", sent.shortens(), sent.longest());
    }

    /** With rows in no order. */
    ServerProof unordered() {
        return values("sentKey", arguments -> {
            WireColumn sent =
                    dialect().values().sentKey((Column) arguments[0], (Column) arguments[1], (Boolean) arguments[2]);
            return new WireColumn(
                    sent.sql(), sent.encoding(), dialect().expressions().integer(0), sent.shortens(), sent.longest());
        });
    }

    private ServerProof values(String method, Replaced.Instead instead) {
        return with("values", Replaced.in(Values.class, dialect().values(), Map.of(method, instead)));
    }

    private Fingerprints fingerprints(String method, String hash) {
        RowHash constant = unused -> hash;
        return Replaced.in(Fingerprints.class, dialect().fingerprints(), Map.of(method, unused -> constant));
    }

    private ServerProof with(String role, Object other) {
        Dialect dialect = Replaced.in(Dialect.class, dialect(), Map.of(role, unused -> other));
        return ServerProof.of(session, dialect, hashes().get(0));
    }
}
