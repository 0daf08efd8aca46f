package io.parallax.engine.postgres.hash;

import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.RowHash;
import java.util.List;

/**
 * The hashes that both sides may share, best first. A row's hash and a key's, for the same columns, are not the same. What
 * they are made of: src/docs/fingerprints.md.
 */
public enum Hashing {
    /** One column's hash the next one's seed, see {@link ChainedRowHash}. PostgreSQL 14 and up, if both servers make the same of it. */
    CHAIN {
        @Override
        String of(List<CanonicalExpression> columns, int end) {
            return ChainedRowHash.of(columns, end);
        }
    },
    /** PostgreSQL 14 and up, if both servers make the same of it; twice the cost or more. */
    RECORD {
        @Override
        String of(List<CanonicalExpression> columns, int end) {
            return record(sql(columns), end);
        }
    },
    /** The common encoding: the same everywhere, at several times the cost. */
    MD5 {
        @Override
        String of(List<CanonicalExpression> columns, int end) {
            return "('x' || substr(md5(%s), %d, 16))::bit(64)::int8".formatted(sent(sql(columns)), 1 + 16 * end);
        }
    };

    private static final int ROWS = 0;
    private static final int KEYS = 1;

    /** The hash that checksums add up. */
    public RowHash rows() {
        return columns -> of(columns, ROWS);
    }

    /** The hash that decides which bucket and slice a key belongs to. */
    public RowHash keys() {
        return columns -> of(columns, KEYS);
    }

    abstract String of(List<CanonicalExpression> columns, int end);

    /** {@code record_send} takes a row in whole, in the client's encoding. */
    static String record(List<String> columns, int seed) {
        return "hash_record_extended(row(" + sent(columns) + "), " + seed + ")";
    }

    private static String sent(List<String> columns) {
        return "record_send(row(" + String.join(", ", columns) + "))";
    }

    private static List<String> sql(List<CanonicalExpression> columns) {
        return columns.stream().map(CanonicalExpression::sql).toList();
    }
}
