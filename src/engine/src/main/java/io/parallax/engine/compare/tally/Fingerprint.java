package io.parallax.engine.compare.tally;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What tells a bucket's rows apart from others without moving them.
 *
 * @param checksum the sum of the rows' hashes modulo 2^64
 * @param distincts distinct keys, where keys were grouped
 * @param dupes rows whose key occurs more than once, where keys were grouped
 */
record Fingerprint(long bucket, long rows, long checksum, long distincts, long dupes) {
    static Fingerprint read(ResultSet row) throws SQLException {
        BigDecimal sum = row.getBigDecimal(3);
        return new Fingerprint(
                row.getLong(1), row.getLong(2), sum.toBigInteger().longValue(), row.getLong(4), row.getLong(5));
    }

    /** Of the rows of both, whose keys are not the same. */
    Fingerprint plus(Fingerprint other) {
        return new Fingerprint(
                bucket, rows + other.rows, checksum + other.checksum, distincts + other.distincts, dupes + other.dupes);
    }

    /** Whether both buckets surely hold the same rows. */
    boolean sameRows(Fingerprint other) {
        return rows == other.rows && checksum == other.checksum;
    }
}
