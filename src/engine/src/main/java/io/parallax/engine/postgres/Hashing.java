package io.parallax.engine.postgres;

import io.parallax.engine.RowHash;
import io.parallax.engine.source.Session;
import java.util.List;

/** The hashes that both sides may share. Over {@code record_send}, so that a row goes in whole, in the client's encoding. */
public enum Hashing implements RowHash {
    /** PostgreSQL 14 and up; not promised to be the same in all versions. */
    RECORD("hash_record_extended(row(record_send(row(%s))), 0)"),
    /** The same everywhere, at several times the cost. */
    MD5("('x' || left(md5(record_send(row(%s))), 16))::bit(64)::int8");

    private static final int RECORD_SINCE = 140_000;
    private static final List<String> PROBES = List.of(
            "42::int8", "'parallax'::text", "1.5::numeric", "null::text", "'2001-02-03'::date", "'\\x00ff'::bytea");

    private final String expression;

    Hashing(String expression) {
        this.expression = expression;
    }

    @Override
    public String of(List<String> canonical) {
        return expression.formatted(String.join(", ", canonical));
    }

    /** Fast ones must say the same for both sides. */
    public static Hashing choose(String probeA, String probeB) {
        return !probeA.isEmpty() && probeA.equals(probeB) ? RECORD : MD5;
    }

    /** What the fast hash makes of a few constants; empty where there is none. */
    public static String probe(Session session) {
        int version = session.one("select current_setting('server_version_num')::int", row -> row.getInt(1));
        if (version < RECORD_SINCE) {
            return "";
        }
        return session.one(
                "select " + RECORD.of(PROBES) + " || ',' || " + RECORD.of(PROBES.subList(0, 1)),
                row -> row.getString(1));
    }
}
