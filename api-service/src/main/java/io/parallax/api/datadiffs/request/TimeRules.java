package io.parallax.api.datadiffs.request;

import io.parallax.api.requests.FieldReader;
import io.parallax.outcome.answer.Timestamps;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request says of time: which rows by their time, and the timeline. */
final class TimeRules {
    static final List<Rule> ALL =
            List.of(TimeRules::interval, TimeRules::column, TimeRules::timeline, TimeRules::order);

    private static final String COLUMN = "time_column";
    private static final String UNIT = "time_aggregate";
    private static final String START = "time_interval_start";
    private static final String END = "time_interval_end";

    private TimeRules() {}

    private static void interval(Asked asked) {
        time(asked, START, asked.request().time().timeIntervalStart());
        time(asked, END, asked.request().time().timeIntervalEnd());
    }

    private static void time(Asked asked, String field, @Nullable String text) {
        if (text != null && Timestamps.parse(text).isEmpty()) {
            asked.fault(field, FieldReader.NO_TIME, "datetime_parsing");
        }
    }

    private static void column(Asked asked) {
        boolean bounded = asked.isSet(START) || asked.isSet(END);
        if (bounded && !asked.isSet(COLUMN)) {
            asked.missing(COLUMN, "Name the column that time_interval_start and time_interval_end clip.");
        }
        if (!bounded && asked.isSet(COLUMN) && !asked.isSet(UNIT)) {
            asked.missing(
                    COLUMN,
                    "Give time_interval_start, time_interval_end or time_aggregate, too: alone it says nothing.");
        }
    }

    private static void timeline(Asked asked) {
        if (asked.request().time().timeAggregate() == null) {
            return;
        }
        if (!asked.isSet(COLUMN)) {
            asked.missing(COLUMN, "Name the column that time_aggregate is about.");
        }
        if (ExtentRules.isSampled(asked)) {
            asked.conflict(UNIT, "Give a sample or a timeline, not both.");
        }
    }

    private static void order(Asked asked) {
        Optional<OffsetDateTime> start = parsed(asked.request().time().timeIntervalStart());
        Optional<OffsetDateTime> end = parsed(asked.request().time().timeIntervalEnd());
        if (start.isPresent() && end.isPresent() && !start.get().isBefore(end.get())) {
            asked.fault(END, "Must be after time_interval_start.", "out_of_range");
        }
    }

    private static Optional<OffsetDateTime> parsed(@Nullable String text) {
        return Optional.ofNullable(text).flatMap(Timestamps::parse);
    }
}
