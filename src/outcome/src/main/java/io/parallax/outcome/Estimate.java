package io.parallax.outcome;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.message.Sample;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many values of a column differ among all keys that could be compared, as far as a sample of them tells. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Estimate", description = "How many values differ among all keys, as far as the sample tells.")
public record Estimate(
        @Schema(description = "Differing values in the sample.", examples = "3") long value,
        @Schema(description = "Differing values among all keys, the sample scaled up.", examples = "300") long estimate,
        @Schema(description = "Percent of confidence that the true number is in the interval.", examples = "95")
                double confidence,
        @Schema(description = "Where the true number is.") Interval interval) {
    /** Both ends belong to it. */
    @Schema(name = "EstimateInterval")
    public record Interval(
            @Schema(description = "No fewer differ.", examples = "62") long min,
            @Schema(description = "No more differ.", examples = "874") long max) {}

    /**
     * By the interval of Clopper and Pearson, which holds with at least the confidence stated: Biometrika 26 (1934), 404.
     * That the sample is drawn without putting back makes it wider than need be.
     *
     * @param differing values that differ in the sample
     * @param compared keys in the sample that could be compared
     */
    public static Estimate of(long differing, long compared, Sample sample) {
        if (compared == 0) {
            return new Estimate(0, 0, sample.confidence(), new Interval(0, sample.population()));
        }
        double scale = (double) sample.population() / compared;
        double beyond = (1 - sample.confidence() / 100) / 2;
        double least = differing == 0
                ? 0
                : new BetaDistribution(differing, compared - differing + 1.0).inverseCumulativeProbability(beyond);
        double most = differing == compared
                ? 1
                : new BetaDistribution(differing + 1.0, compared - differing).inverseCumulativeProbability(1 - beyond);
        return new Estimate(
                differing,
                Math.round(differing * scale),
                sample.confidence(),
                new Interval(
                        Math.max(differing, (long) Math.floor(least * sample.population())),
                        Math.min(sample.population() - (compared - differing), (long)
                                Math.ceil(most * sample.population()))));
    }
}
