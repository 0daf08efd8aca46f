package io.parallax.engine.postgres.probe;

import io.parallax.engine.dialect.Probe;
import io.parallax.engine.dialect.Probe.KnownValue;
import io.parallax.engine.dialect.Probes;
import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.postgres.value.Unmapped;
import io.parallax.engine.session.Session;
import io.parallax.engine.type.Repertoire;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All families that PostgreSQL's columns may be of. */
public final class PostgresProbes implements Probes {
    @Override
    public List<Probe> of(Session session) {
        PostgresSession own = PostgresSession.of(session);
        return of(own.connected().encoding(), own.connected().version());
    }

    /** Those of a database of that encoding, on a server whose version begins with that. */
    static List<Probe> of(String encoding, int version) {
        ProbeList probes =
                new ProbeList(Unmapped.areIn(encoding) ? Repertoire.PARTIAL : Repertoire.of(encoding), version);
        NumberProbes.add(probes);
        TextProbes.add(probes);
        TimeProbes.add(probes);
        MadeOfOthersProbes.add(probes);
        return probes.all();
    }

    /** Types are named once for all values, which are texts before; they are read once for all that is asked of them. */
    @Override
    public String table(List<Probe> probes, int rows) {
        String row = Sql.identifier(ROW);
        String columns = probes.stream()
                .map(probe -> ", " + read(probe) + " as " + name(probe))
                .collect(Collectors.joining());
        String values = IntStream.range(0, rows)
                .mapToObj(number -> probes.stream()
                        .map(probe -> ", " + literal(probe, number))
                        .collect(Collectors.joining("", "(" + number, ")")))
                .collect(Collectors.joining(", "));
        String names = probes.stream().map(probe -> ", " + name(probe)).collect(Collectors.joining("", row, ""));
        return "(select " + row + columns + " from (values " + values + ") t(" + names + ") offset 0) p";
    }

    /** Whether a NULL in the text of an array is one depends on a setting. */
    private static String read(Probe probe) {
        String value = name(probe) + "::" + probe.type();
        String nothing = MadeOfOthersProbes.NULL_ELEMENTS.get(probe.type());
        return nothing == null ? value : "array_replace(" + value + ", " + Sql.literal(nothing) + ", null)";
    }

    private static String name(Probe probe) {
        return Sql.identifier(probe.own().name());
    }

    private static String literal(Probe probe, int row) {
        List<KnownValue> values = probe.values();
        return row < values.size() ? Sql.literal(values.get(row).text()) : "null";
    }
}
