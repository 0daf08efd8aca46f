package io.parallax.engine.postgres.catalog;

import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.HashInput;
import io.parallax.engine.dialect.OfferedHash;
import io.parallax.engine.postgres.hash.ColumnHash;
import io.parallax.engine.postgres.hash.Hashing;
import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a server's hashes make of a few constants; their functions are not promised to be the same in all versions.
 *
 * @param chain null where a chain cannot be had, or would not be sound
 * @param record null where records have no hash
 */
public record Probe(@Nullable String chain, @Nullable String record) {
    private static final int SINCE = 14;

    /** One of each link. NULLs come in the second row, what is rare in the third. */
    private static final List<Constants> CONSTANTS = List.of(
            new Constants(ColumnHash.INT4, "42", "-7"),
            new Constants(ColumnHash.FLOAT8, "1.5::float8", "'-Infinity'"),
            new Constants(ColumnHash.INT8, "4294967297::int8", "-4294967297"),
            new Constants(ColumnHash.BOOLEAN, "true", "false"),
            new Constants(ColumnHash.FINITE_NUMERIC, "1.5::numeric", "-20000"),
            new Constants(ColumnHash.DATE, "'2024-02-29'::date", "'-infinity'"),
            new Constants(ColumnHash.NUMERIC, "0.00012345678::numeric", "'Infinity'"),
            new Constants(ColumnHash.TIMESTAMP, "'2024-02-29 12:34:56.789'::timestamp", "'4713-01-01 BC'"),
            new Constants(ColumnHash.TIMESTAMPTZ, "'1969-07-20 20:17:40Z'::timestamptz", "'infinity'"),
            new Constants(ColumnHash.TIME, "'23:59:59.999999'::time", "'24:00'"),
            new Constants(ColumnHash.UUID, "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "null"),
            new Constants(ColumnHash.BYTES, "'\\x00ff'::bytea", "''"),
            new Constants(ColumnHash.TEXT, "'parallax'::text", "'a longer text, of more than twelve bytes'"));

    /** Old minor versions may know two of what is one. */
    private static final String SOUND = "hashfloat8extended('NaN', 1) = hashfloat8extended(-'NaN'::float8, 1)"
            + " and hashfloat8extended(0, 1) = hashfloat8extended(-'0'::float8, 1)"
            + " and hash_numeric_extended(1.0, 1) = hash_numeric_extended(1.00, 1)";

    private record Constants(ColumnHash link, String usual, String rare) {
        private CanonicalExpression column(int number) {
            String name = "c" + number;
            String sql = link == ColumnHash.TEXT ? name + " collate \"C\"" : name;
            return new CanonicalExpression(name, false, new HashInput(link.name(), sql, name + " is null"));
        }
    }

    public static Probe of(Session session) {
        PostgresSession asked = PostgresSession.of(session);
        return isPossible(asked)
                ? asked.catalog().known(sql(), row -> new Probe(row.getString(1), row.getString(2)))
                : new Probe(null, null);
    }

    private static boolean isPossible(PostgresSession session) {
        return session.connected().version() >= SINCE;
    }

    /** The hashes that there are, best first; the last one is the same everywhere. */
    public List<OfferedHash> offered() {
        return Stream.of(
                        Optional.ofNullable(chain).map(answers -> new OfferedHash(Hashing.CHAIN.name(), answers)),
                        Optional.ofNullable(record).map(answers -> new OfferedHash(Hashing.RECORD.name(), answers)),
                        Optional.of(new OfferedHash(Hashing.MD5.name(), "")))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Texts are hashed in the server's encoding. */
    private static String sql() {
        List<CanonicalExpression> columns = IntStream.range(0, CONSTANTS.size())
                .mapToObj(i -> CONSTANTS.get(i).column(i))
                .toList();
        return "select case when " + SOUND
                + " then current_setting('server_encoding') || ' ' || chain end, record from (select "
                + list(Hashing.CHAIN, columns) + " as chain, " + list(Hashing.RECORD, columns)
                + " as record from (values "
                + row(CONSTANTS.stream().map(Constants::usual).toList()) + ", "
                + row(CONSTANTS.stream().map(constants -> "null").toList()) + ", "
                + row(CONSTANTS.stream().map(Constants::rare).toList()) + ") v(" + names(columns) + ")) p";
    }

    private static String list(Hashing hashing, List<CanonicalExpression> columns) {
        return "string_agg(" + hashing.rows().of(columns) + "::text, ' ' order by c0)";
    }

    private static String row(List<String> constants) {
        return "(" + String.join(", ", constants) + ")";
    }

    private static String names(List<CanonicalExpression> columns) {
        return String.join(", ", columns.stream().map(CanonicalExpression::sql).toList());
    }
}
