package io.parallax.api.datadiffs.request;

import io.parallax.api.requests.FieldReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much of the datasets a request has compared: a sample, or as much as it takes to reach a limit. */
final class ExtentValidator {
    static final List<String> SAMPLE_SIZES = List.of("sampling_tolerance", "sampling_ratio", "sampling_max_rows");

    private static final List<String> STOPS = List.of("diff_threshold", "per_column_diff_limit", "download_limit");
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private final FieldReader fields;
    private final SoundFields sound;

    ExtentValidator(FieldReader fields, SoundFields sound) {
        this.fields = fields;
        this.sound = sound;
    }

    void read() {
        sampling();
        stops();
    }

    private void sampling() {
        BigDecimal tolerance = between("sampling_tolerance", BigDecimal.ONE);
        BigDecimal confidence = between("sampling_confidence", HUNDRED);
        BigDecimal ratio = between("sampling_ratio", BigDecimal.ONE);
        Long most = fields.whole("sampling_max_rows", 1, Long.MAX_VALUE);
        sound.keep("sampling_tolerance", tolerance);
        sound.keep("sampling_confidence", confidence);
        sound.keep("sampling_ratio", ratio);
        sound.keep("sampling_max_rows", most);
        sound.keep("sampling_threshold", fields.whole("sampling_threshold", 0, Long.MAX_VALUE));
        if (fields.isGiven("sampling_tolerance") && !fields.isGiven("sampling_confidence")) {
            fields.fault(
                    "sampling_confidence", "Say how sure sampling_tolerance is to be kept, such as 99.", "missing");
        }
        boolean sized = SAMPLE_SIZES.stream().anyMatch(fields::isGiven);
        Stream.of("sampling_confidence", "sampling_threshold")
                .filter(field -> fields.isGiven(field) && !sized)
                .forEach(field -> fields.fault(
                        field,
                        "Give sampling_tolerance, sampling_ratio or sampling_max_rows, too: they say how large the sample is.",
                        "conflict"));
    }

    /** Both ends left out. */
    private @Nullable BigDecimal between(String field, BigDecimal most) {
        BigDecimal value = fields.decimal(field, BigDecimal.ZERO);
        if (value != null && (value.signum() == 0 || value.compareTo(most) >= 0)) {
            fields.fault(field, "Must be more than 0 and less than " + most + ".", "out_of_range");
            return null;
        }
        return value;
    }

    private void stops() {
        STOPS.forEach(field -> sound.keep(field, fields.whole(field, 1, Long.MAX_VALUE)));
        boolean stops = STOPS.stream().anyMatch(fields::isGiven);
        if (stops && SAMPLE_SIZES.stream().anyMatch(fields::isGiven)) {
            STOPS.stream()
                    .filter(fields::isGiven)
                    .forEach(field -> fields.fault(field, "Give a limit or a sample, not both.", "conflict"));
        }
        if (stops && fields.isGiven("recheck")) {
            fields.fault("recheck", "Give a limit or recheck, not both.", "conflict");
        }
    }
}
