package io.parallax.engine.plan.cut;

import io.parallax.contract.Sampling;
import io.parallax.contract.message.Sample;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.task.CountingPhase;
import org.jspecify.annotations.Nullable;

/**
 * Whether a plan counts keys, values, or both: where values are sampled, all keys are counted first, since how many are
 * sampled, and whether they are, follows from them.
 *
 * @param pass null for both
 * @param keys what is counted of the keys already; null when nothing is
 * @param sample the keys whose values are compared; null for all
 */
public record PhaseChoice(@Nullable CountingPhase pass, @Nullable Tally keys, @Nullable Sample sample) {
    private static final PhaseChoice BOTH = new PhaseChoice(null, null, null);

    /**
     * Of a plan.
     *
     * @param sampling null when every value is to be compared
     * @param keys what is counted of the keys already; null when nothing is
     * @param estimatedRows of the larger side
     */
    public static PhaseChoice of(@Nullable Sampling sampling, @Nullable Tally keys, double estimatedRows) {
        if (sampling == null) {
            return BOTH;
        }
        if (keys == null) {
            // An estimate may be wrong, so only what is far from the threshold is left alone.
            return 2 * estimatedRows < sampling.threshold() ? BOTH : new PhaseChoice(CountingPhase.KEYS, null, null);
        }
        double share = share(sampling, keys);
        return share >= 1
                ? new PhaseChoice(new CountingPhase(false, null), keys, null)
                : new PhaseChoice(
                        new CountingPhase(false, share),
                        keys,
                        new Sample(share, sampling.confidence(), keys.comparedRows()));
    }

    private static double share(Sampling sampling, Tally keys) {
        Sides rows = keys.totalRows();
        double bad = keys.nulls().sum() + keys.dupes().sum() + keys.exclusives().sum();
        boolean tooBad = sampling.tolerance() != null && bad > sampling.tolerance() * rows.sum();
        return tooBad || Math.max(rows.a(), rows.b()) < sampling.threshold()
                ? 1
                : sampling.share(Math.max(keys.distincts().a(), keys.distincts().b()));
    }

    public boolean keysOnly() {
        return pass != null && pass.ofKeys();
    }

    /** What is settled by a plan that settles this itself. */
    public Tally settled(Tally own) {
        return keys == null
                ? own
                : keys.ofKeys(own.differencesPerColumn().size()).plus(own);
    }
}
