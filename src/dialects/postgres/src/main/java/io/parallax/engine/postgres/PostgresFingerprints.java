package io.parallax.engine.postgres;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.engine.dialect.Fingerprints;
import io.parallax.engine.dialect.HashInput;
import io.parallax.engine.dialect.OfferedHash;
import io.parallax.engine.dialect.RowHash;
import io.parallax.engine.postgres.catalog.Probe;
import io.parallax.engine.postgres.hash.ColumnHash;
import io.parallax.engine.postgres.hash.Hashing;
import io.parallax.engine.session.Session;
import java.util.List;
import java.util.stream.Stream;

/** The hashes of {@link Hashing}, as far as a server has them. */
final class PostgresFingerprints implements Fingerprints {
    @Override
    public List<OfferedHash> offered(Session session) {
        return Probe.of(session).offered();
    }

    @Override
    public void requireKnown(String hash, Stream<HashInput> columns) {
        try {
            Hashing.valueOf(hash);
            columns.forEach(ColumnHash::of);
        } catch (IllegalArgumentException e) {
            throw new DiffFailedException(
                    ErrorType.INTERNAL, "The task was planned by a version that this worker cannot read.", e);
        }
    }

    @Override
    public RowHash rows(String hash) {
        return Hashing.valueOf(hash).rows();
    }

    @Override
    public RowHash keys(String hash) {
        return Hashing.valueOf(hash).keys();
    }

    @Override
    public String bucket(String keyHash, int bits) {
        return "(" + keyHash + " & " + ((1L << bits) - 1) + ")";
    }

    @Override
    public String isInSlice(String keyHash, int index, int count) {
        return "((" + keyHash + " >> 32) & 2147483647) % " + count + " = " + index;
    }

    /** By all bits of it but the sign. */
    @Override
    public String isSampled(String keyHash, double share) {
        return "(" + keyHash + " & " + Long.MAX_VALUE + ") < " + (long) (share * Long.MAX_VALUE);
    }
}
