package io.parallax.engine.postgres;

import io.parallax.contract.DiffFailedException;
import io.parallax.engine.dialect.Fingerprints;
import io.parallax.engine.dialect.OfferedHash;
import io.parallax.engine.dialect.RowHash;
import io.parallax.engine.postgres.catalog.Probe;
import io.parallax.engine.postgres.hash.Hashing;
import io.parallax.engine.session.Session;
import java.util.Arrays;
import java.util.List;

/** The hashes of {@link Hashing}, as far as a server has them. */
final class PostgresFingerprints implements Fingerprints {
    @Override
    public List<OfferedHash> offered(Session session) {
        return Probe.of(session).offered();
    }

    @Override
    public RowHash rows(String hash) {
        return hashing(hash).rows();
    }

    @Override
    public RowHash keys(String hash) {
        return hashing(hash).keys();
    }

    private static Hashing hashing(String id) {
        return Arrays.stream(Hashing.values())
                .filter(hashing -> hashing.name().equals(id))
                .findFirst()
                .orElseThrow(() -> DiffFailedException.handingBack(
                        "The task was planned by a version that this worker cannot read.", null));
    }
}
