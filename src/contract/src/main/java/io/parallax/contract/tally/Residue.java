package io.parallax.contract.tally;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of both sides per bucket once equal rows have cancelled each other: bounded by the number of buckets,
 * whatever the tables' size. Residues of disjoint parts of either side add up, in any order.
 *
 * <p>In JSON each column is base64 of big-endian 64-bit words, left out when it is all zero.
 */
public final class Residue {
    /** One figure of every bucket. */
    public enum Figure {
        /** Rows of A, those with a NULL in their key left out. */
        @JsonProperty("rows_a")
        ROWS_A,
        /** Rows of B, likewise. */
        @JsonProperty("rows_b")
        ROWS_B,
        /** The sum of A's row hashes minus that of B's, modulo 2^64. */
        @JsonProperty("checksums")
        CHECKSUMS,
        /** Keys that occur more than once, on the side that was asked for them. */
        @JsonProperty("repeated_keys")
        REPEATED_KEYS,
        /** The rows of these keys. */
        @JsonProperty("repeated_rows")
        REPEATED_ROWS
    }

    private final int buckets;
    private final JsonNode of;
    private final long[][] columns = new long[Figure.values().length][];

    private Residue(int buckets, JsonNode of) {
        if (buckets < 1) {
            throw new IllegalArgumentException("a residue has buckets, not " + buckets);
        }
        this.buckets = buckets;
        this.of = of;
    }

    /**
     * All zero.
     *
     * @param of what the buckets are, in words of the workers' own
     */
    public static Residue zero(int buckets, JsonNode of) {
        return new Residue(buckets, of);
    }

    @JsonCreator
    static Residue fromJson(
            @JsonProperty("buckets") int buckets,
            @JsonProperty("of") JsonNode of,
            @JsonProperty("figures") Map<Figure, String> figures) {
        Residue residue = new Residue(buckets, of);
        figures.forEach((figure, words) -> residue.columns[figure.ordinal()] = decoded(words, buckets));
        return residue;
    }

    /** How many buckets there are. */
    @JsonProperty("buckets")
    public int buckets() {
        return buckets;
    }

    /** What the buckets are; opaque to the API service. */
    @JsonProperty("of")
    public JsonNode of() {
        return of;
    }

    @JsonProperty("figures")
    Map<Figure, String> figures() {
        Map<Figure, String> figures = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            long[] column = columns[figure.ordinal()];
            if (column != null && Arrays.stream(column).anyMatch(word -> word != 0)) {
                figures.put(figure, encoded(column));
            }
        }
        return figures;
    }

    /** One bucket's figure. */
    public long figure(Figure figure, int bucket) {
        long[] column = columns[figure.ordinal()];
        return column == null ? 0 : column[bucket];
    }

    /** Adds to one bucket's figure, modulo 2^64; only before anybody else has the residue. */
    public void add(Figure figure, int bucket, long words) {
        column(figure)[bucket] += words;
    }

    /** The sum, bucket by bucket. */
    public Residue plus(Residue other) {
        if (buckets != other.buckets || !of.equals(other.of)) {
            throw new IllegalArgumentException("residues of different buckets do not add up");
        }
        Residue sum = new Residue(buckets, of);
        for (Figure figure : Figure.values()) {
            for (Residue part : new Residue[] {this, other}) {
                long[] column = part.columns[figure.ordinal()];
                for (int bucket = 0; column != null && bucket < buckets; bucket++) {
                    sum.add(figure, bucket, column[bucket]);
                }
            }
        }
        return sum;
    }

    private long[] column(Figure figure) {
        long[] column = columns[figure.ordinal()];
        if (column == null) {
            column = new long[buckets];
            columns[figure.ordinal()] = column;
        }
        return column;
    }

    private static String encoded(long[] column) {
        ByteBuffer bytes = ByteBuffer.allocate(column.length * Long.BYTES);
        bytes.asLongBuffer().put(column);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static long[] decoded(String words, int buckets) {
        byte[] bytes = Base64.getDecoder().decode(words);
        if (bytes.length != buckets * Long.BYTES) {
            throw new IllegalArgumentException(bytes.length + " bytes are no figures of " + buckets + " buckets");
        }
        long[] column = new long[buckets];
        ByteBuffer.wrap(bytes).asLongBuffer().get(column);
        return column;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Residue residue
                && buckets == residue.buckets
                && of.equals(residue.of)
                && figures().equals(residue.figures());
    }

    @Override
    public int hashCode() {
        return 31 * buckets + figures().hashCode();
    }

    @Override
    public String toString() {
        return "Residue[buckets=" + buckets + ", figures=" + figures().keySet() + "]";
    }
}
