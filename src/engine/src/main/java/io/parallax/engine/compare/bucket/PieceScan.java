package io.parallax.engine.compare.bucket;

import io.parallax.contract.Codec;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Residue.Figure;
import io.parallax.engine.compare.tally.Stopwatch;
import io.parallax.engine.compare.tally.TallyBuilder;
import io.parallax.engine.session.Session;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.DuplicateKeysTask;
import io.parallax.engine.task.HashBuckets;
import io.parallax.engine.task.PieceScanTask;
import io.parallax.engine.task.Side;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Scans a piece of one side into a residue. */
public final class PieceScan {
    private final HashBucketsSql sql;
    private final Side side;
    private final Session session;
    private final TallyBuilder builder;
    private final Stopwatch stopwatch = new Stopwatch();

    public PieceScan(HashBucketsSql sql, Side side, int columns, Session session) {
        this.sql = sql;
        this.side = side;
        this.session = session;
        this.builder = new TallyBuilder(columns);
    }

    public Compared run(PieceScanTask piece) {
        Residue residue = zero(piece.sieve());
        session.list(sql.fingerprints(piece), row -> add(row, piece, residue));
        // Later stages see the same rows.
        return piece.first() ? compared(residue).noting(sql.noJsonb(session, piece)) : compared(residue);
    }

    private boolean add(ResultSet row, PieceScanTask piece, Residue residue) throws SQLException {
        long bucket = row.getLong(1);
        boolean isNullKey = row.wasNull();
        long rows = row.getLong(2);
        if (isNullKey) {
            builder.nullRows(side, rows);
            return true;
        }
        if (piece.first()) {
            builder.rows(side, rows);
        }
        BigDecimal sum = row.getBigDecimal(3);
        long checksum = sum.toBigInteger().longValue();
        int index = piece.sieve().index(bucket);
        residue.add(side == Side.A ? Figure.ROWS_A : Figure.ROWS_B, index, rows);
        residue.add(Figure.CHECKSUMS, index, side == Side.A ? checksum : -checksum);
        return true;
    }

    public Compared run(DuplicateKeysTask duplicates) {
        Residue residue = zero(duplicates.sieve());
        session.list(sql.repeats(duplicates), row -> {
            int index = duplicates.sieve().index(row.getLong(1));
            residue.add(Figure.REPEATED_KEYS, index, row.getLong(2));
            residue.add(Figure.REPEATED_ROWS, index, row.getLong(3));
            return true;
        });
        return compared(residue);
    }

    private static Residue zero(HashBuckets hashBuckets) {
        return Residue.zero(hashBuckets.buckets(), Codec.toJson(hashBuckets));
    }

    private Compared compared(Residue residue) {
        return Compared.of(builder.tally(), new Effort(residue.buckets(), 0, 0, stopwatch.milliseconds()))
                .leaving(residue);
    }
}
