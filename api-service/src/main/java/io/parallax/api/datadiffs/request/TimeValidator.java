package io.parallax.api.datadiffs.request;

import io.parallax.api.requests.FieldReader;
import io.parallax.contract.TimeBuckets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a request says of time: which rows by their time, and the timeline. */
final class TimeValidator {
    private static final List<String> UNITS = Arrays.stream(TimeBuckets.Unit.values())
            .map(unit -> unit.name().toLowerCase(Locale.ROOT))
            .toList();

    private final FieldReader fields;
    private final SoundFields sound;

    TimeValidator(FieldReader fields, SoundFields sound) {
        this.fields = fields;
        this.sound = sound;
    }

    void read() {
        sound.keep("time_column", fields.text("time_column"));
        OffsetDateTime from = fields.time("time_interval_start");
        OffsetDateTime to = fields.time("time_interval_end");
        sound.keep("time_interval_start", from == null ? null : from.toString());
        sound.keep("time_interval_end", to == null ? null : to.toString());
        boolean bounded = fields.isSet("time_interval_start") || fields.isSet("time_interval_end");
        if (bounded && !fields.isSet("time_column")) {
            fields.fault(
                    "time_column", "Name the column that time_interval_start and time_interval_end clip.", "missing");
        }
        if (!bounded && fields.isSet("time_column") && !fields.isSet("time_aggregate")) {
            fields.fault(
                    "time_column",
                    "Give time_interval_start, time_interval_end or time_aggregate, too: alone it says nothing.",
                    "missing");
        }
        String unit = fields.word("time_aggregate", UNITS);
        sound.keep("time_aggregate", unit);
        if (unit != null && !fields.isSet("time_column")) {
            fields.fault("time_column", "Name the column that time_aggregate is about.", "missing");
        }
        boolean sampled = ExtentValidator.SAMPLE_SIZES.stream().anyMatch(fields::isGiven);
        if (unit != null && sampled) {
            fields.fault("time_aggregate", "Give a sample or a timeline, not both.", "conflict");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            fields.fault("time_interval_end", "Must be after time_interval_start.", "out_of_range");
        }
    }
}
