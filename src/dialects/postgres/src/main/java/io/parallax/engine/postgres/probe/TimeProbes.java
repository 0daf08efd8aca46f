package io.parallax.engine.postgres.probe;

import static io.parallax.engine.postgres.probe.ProbeList.value;

import io.parallax.engine.dialect.Probe.KnownValue;
import io.parallax.engine.type.Family;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Days, moments and spans: before and after 2000 and 1970, at either end, between two microseconds, in zones that are not UTC. */
final class TimeProbes {
    private static final KnownValue LATER = value("infinity", Double.POSITIVE_INFINITY);
    private static final KnownValue EARLIER = value("-infinity", Double.NEGATIVE_INFINITY);

    private TimeProbes() {}

    static void add(ProbeList probes) {
        probes.add(
                Family.DATE,
                "date",
                List.of(
                        day("2000-01-01"),
                        day("1999-12-31"),
                        day("1970-01-01"),
                        day("2024-02-29"),
                        day("1582-10-04"),
                        day("1582-10-15"),
                        day("0001-01-01"),
                        day("9999-12-31"),
                        value("0044-03-15 BC", LocalDate.of(-43, 3, 15)),
                        value("5874897-12-31", LocalDate.of(5874897, 12, 31)),
                        LATER,
                        EARLIER));
        probes.add(
                Family.TIMESTAMP,
                "timestamp",
                List.of(
                        moment("2000-01-01T00:00:00"),
                        moment("2000-01-01T00:00:00.000001"),
                        moment("1999-12-31T23:59:59.999999"),
                        moment("1970-01-01T00:00:00"),
                        moment("1969-07-20T20:17:40.5"),
                        moment("2024-03-31T02:30:00"),
                        moment("2024-03-31T02:30:00.123"),
                        moment("2024-03-31T02:30:00.123456"),
                        moment("0001-01-01T00:00:00"),
                        moment("9999-12-31T23:59:59.999999"),
                        value("0044-03-15 12:00:00 BC", LocalDateTime.of(-43, 3, 15, 12, 0)),
                        LATER,
                        EARLIER));
        probes.add(
                Family.TIMESTAMPTZ,
                "timestamptz",
                List.of(
                        value("2000-01-01 00:00:00Z", LocalDateTime.of(2000, 1, 1, 0, 0)),
                        value("2000-01-01 00:00:00.000001Z", LocalDateTime.parse("2000-01-01T00:00:00.000001")),
                        value("2000-01-01 00:00:00.5Z", LocalDateTime.parse("2000-01-01T00:00:00.5")),
                        value("2000-01-01 01:00:00+01", LocalDateTime.of(2000, 1, 1, 0, 0)),
                        value("2000-01-01 00:00:00+01", LocalDateTime.of(1999, 12, 31, 23, 0)),
                        value("2024-03-31 00:59:59.999999Z", LocalDateTime.parse("2024-03-31T00:59:59.999999")),
                        value("2024-03-31 06:30:00+05:30", LocalDateTime.of(2024, 3, 31, 1, 0)),
                        value("2024-10-27 00:30:00Z", LocalDateTime.of(2024, 10, 27, 0, 30)),
                        value("2024-10-26 15:30:00.000001-10", LocalDateTime.parse("2024-10-27T01:30:00.000001")),
                        value("1969-07-20 20:17:40.123456Z", LocalDateTime.parse("1969-07-20T20:17:40.123456")),
                        value("0001-01-01 00:00:00+14", LocalDateTime.of(0, 12, 31, 10, 0)),
                        value("9999-12-31 23:59:59-12", LocalDateTime.of(10000, 1, 1, 11, 59, 59)),
                        LATER,
                        EARLIER));
        probes.add(
                Family.TIME,
                "time",
                List.of(
                        time("00:00:00", Duration.ZERO),
                        time("00:00:00.000001", Duration.ofNanos(1000)),
                        time("00:00:00.1", Duration.ofMillis(100)),
                        time("12:00:00", Duration.ofHours(12)),
                        time("23:59:59.999999", Duration.ofDays(1).minusNanos(1000)),
                        time("24:00:00", Duration.ofDays(1))));
        intervals(probes);
    }

    private static KnownValue day(String text) {
        return value(text, LocalDate.parse(text));
    }

    private static KnownValue moment(String text) {
        return value(text.replace('T', ' '), LocalDateTime.parse(text));
    }

    private static KnownValue time(String text, Duration sinceMidnight) {
        return value(text, sinceMidnight);
    }

    /** Not by what they last, which is the same for a day and 24 hours. */
    private static void intervals(ProbeList probes) {
        probes.add(
                Family.INTERVAL,
                "interval",
                List.of(
                        value("0", "00:00:00"),
                        value("1 day", "1 day"),
                        value("24 hours", "24:00:00"),
                        value("1 month", "1 mon"),
                        value("30 days", "30 days"),
                        value("-1 month", "-1 mons"),
                        value("1 microsecond", "00:00:00.000001"),
                        value("1000 years", "1000 years"),
                        value("1 year 2 months", "1 year 2 mons"),
                        value("1 month -1 day", "1 mon -1 days"),
                        value("2 days -01:02:03.5", "2 days -01:02:03.5")));
    }
}
