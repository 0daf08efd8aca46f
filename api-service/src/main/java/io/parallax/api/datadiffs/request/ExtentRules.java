package io.parallax.api.datadiffs.request;

import java.util.List;
import java.util.stream.Stream;

/** How much of the datasets a request has compared: a sample, or as much as it takes to reach a limit. */
final class ExtentRules {
    static final List<Rule> ALL = List.of(ExtentRules::confidence, ExtentRules::size, ExtentRules::limits);

    private static final List<String> SAMPLE_SIZES =
            List.of("sampling_tolerance", "sampling_ratio", "sampling_max_rows");
    private static final List<String> LIMITS = List.of("diff_threshold", "per_column_diff_limit", "download_limit");

    private ExtentRules() {}

    static boolean isSampled(Asked asked) {
        return SAMPLE_SIZES.stream().anyMatch(asked::isGiven);
    }

    private static void confidence(Asked asked) {
        if (asked.isGiven("sampling_tolerance") && !asked.isGiven("sampling_confidence")) {
            asked.missing("sampling_confidence", "Say how sure sampling_tolerance is to be kept, such as 99.");
        }
    }

    private static void size(Asked asked) {
        Stream.of("sampling_confidence", "sampling_threshold")
                .filter(field -> asked.isGiven(field) && !isSampled(asked))
                .forEach(
                        field -> asked.conflict(
                                field,
                                "Give sampling_tolerance, sampling_ratio or sampling_max_rows, too: they say how large the sample is."));
    }

    private static void limits(Asked asked) {
        List<String> limits = LIMITS.stream().filter(asked::isGiven).toList();
        if (isSampled(asked)) {
            limits.forEach(field -> asked.conflict(field, "Give a limit or a sample, not both."));
        }
        if (!limits.isEmpty() && asked.isGiven("recheck")) {
            asked.conflict("recheck", "Give a limit or recheck, not both.");
        }
    }
}
