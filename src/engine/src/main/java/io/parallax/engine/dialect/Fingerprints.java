package io.parallax.engine.dialect;

import io.parallax.engine.session.Session;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a dialect hashes rows and keys. The sum of row hashes is compared modulo 2^64; the lowest bits of a key's hash say
 * which bucket it belongs to.
 */
public interface Fingerprints {
    /** The hashes that a server has, the cheapest first, each with what it makes of known values. */
    List<OfferedHash> offered(Session session);

    /**
     * Makes sure that it knows what a plan names, before anybody works by it.
     *
     * @param hash the id of one that was offered
     * @throws io.parallax.contract.DiffFailedException when it does not know that hash, or how it takes in one of the columns
     */
    void requireKnown(String hash, Stream<HashInput> columns);

    /**
     * The hash that checksums add up.
     *
     * @param hash the id of one that was offered
     */
    RowHash rows(String hash);

    /** The hash that decides which bucket and slice a key belongs to; for the same columns not the one of rows. */
    RowHash keys(String hash);

    /** The bucket of a key: the lowest bits of its hash. */
    String bucket(String keyHash, int bits);

    /** The condition for a key to be of one of several equal slices; these cut across all buckets. */
    String isInSlice(String keyHash, int index, int count);

    /** The condition for a key to be of a sample that has this share of all. */
    String isSampled(String keyHash, double share);
}
