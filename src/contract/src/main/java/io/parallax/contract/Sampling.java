package io.parallax.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Values may be compared for a sample of the keys; all keys are looked at all the same.
 *
 * @param tolerance the share of differing keys that may go unseen, and of bad keys up to which there is a sample, between 0
 *     and 1; null where the size does not follow from it
 * @param confidence percent of confidence that no larger share goes unseen, between 0 and 100; of all estimates, too
 * @param ratio the share of keys to compare, between 0 and 1; null where the size does not follow from it
 * @param mostRows keys to compare at most; null for any number
 * @param threshold with fewer rows on the larger side all are compared
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sampling(
        @Nullable Double tolerance,
        double confidence,
        @Nullable Double ratio,
        @Nullable Long mostRows,
        long threshold) {
    /** The confidence of estimates where nobody asks for another one. */
    public static final double DEFAULT_CONFIDENCE = 95;

    public Sampling {
        if (tolerance == null && ratio == null && mostRows == null) {
            throw new IllegalArgumentException("a sample needs a size");
        }
    }

    /** The share of so many keys that is compared; 1 for all. */
    public double share(long keys) {
        double wanted = ratio == null ? keys : ratio * keys;
        if (tolerance != null) {
            wanted = Math.min(wanted, Math.ceil(-Math.log(1 - confidence / 100) / tolerance));
        }
        if (mostRows != null) {
            wanted = Math.min(wanted, mostRows);
        }
        return keys == 0 ? 1 : Math.min(1, wanted / keys);
    }
}
