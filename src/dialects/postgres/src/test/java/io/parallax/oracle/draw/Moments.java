package io.parallax.oracle.draw;

import io.parallax.oracle.Family;
import io.parallax.oracle.Type;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Timestamps, with and without time zone. */
final class Moments extends Kind {
    static final Kind TIMESTAMP = new Moments("timestamp", Family.TIMESTAMP, "");
    static final Kind TIMESTAMPTZ = new Moments("timestamptz", Family.TIMESTAMPTZ, "+00");
    static final Kind DATE = new Kind(
            List.of(Type.of("date", Family.DATE)),
            List.of(
                    List.of("infinity", "-infinity", "2000-01-01"),
                    List.of("4714-11-24 BC", "4713-01-01 BC", "5874897-12-31", "294276-01-01"),
                    List.of("0001-01-01", "0001-01-01 BC"),
                    List.of("1999-12-31", "2000-01-02")),
            List.of(List.of("2024-02-29", "20240229", "Feb 29 2024")),
            number -> LocalDate.of(2000, 1, 1)
                    .plusDays(Math.floorMod(number, 1_000_000L))
                    .toString());
    static final Kind TIME = new Kind(
            List.of(Type.of("time", Family.TIME), Type.of("time(3)", Family.TIME)),
            List.of(
                    List.of("00:00:00", "24:00:00", "12:00:00"),
                    List.of("23:59:59.999999", "00:00:00.000001", "23:59:59.999")),
            List.of(List.of("13:05", "13:05:00", "01:05 PM")),
            number -> LocalTime.MIDNIGHT
                    .plus(Math.floorMod(number * 7_000_037L, 86_400_000_000L), ChronoUnit.MICROS)
                    .toString());

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private final String zone;

    private Moments(String type, Family family, String zone) {
        super(
                List.of(Type.of(type, family), Type.of(type, family), Type.of(type + "(3)", family)),
                near(zone),
                List.of(),
                number -> moment(number) + zone);
        this.zone = zone;
    }

    private static List<List<String>> near(String zone) {
        return List.of(
                List.of("infinity", "-infinity", "2000-01-01 00:00:00.000000" + zone),
                List.of(
                        "294276-12-31 23:59:59.999999" + zone,
                        "4714-11-24 00:00:00" + zone + " BC",
                        "4713-01-01 00:00:00" + zone + " BC"),
                List.of("0001-01-01 00:00:00" + zone, "0001-12-31 00:00:00" + zone + " BC"),
                List.of("1999-12-31 23:59:59.999999" + zone, "2000-01-01 00:00:00.000001" + zone));
    }

    private static String moment(long number) {
        return FORMAT.format(LocalDateTime.of(2024, 1, 1, 0, 0)
                .plusSeconds(Math.floorMod(number, 1_000_000_000L))
                .plus(Math.floorMod(number * 37, 1_000_000L), ChronoUnit.MICROS));
    }

    @Override
    String twisted(String literal, Dice dice) {
        long microseconds = dice.pick(1L, -1L, 1L << 32, 3_600_000_000L);
        return parsed(literal)
                .map(moment -> FORMAT.format(moment.plus(microseconds, ChronoUnit.MICROS)) + zone)
                .orElseGet(() -> super.twisted(literal, dice));
    }

    @Override
    String respelled(String literal, Dice dice) {
        Optional<LocalDateTime> moment = zone.isEmpty() ? Optional.empty() : parsed(literal);
        return moment.map(utc -> FORMAT.format(utc.plusMinutes(330)) + "+05:30").orElse(literal);
    }

    /** PostgreSQL rounds its last timestamp up to one that it cannot read again, and so not copy either. */
    @Override
    String fit(String literal, Type type) {
        return type.sql().endsWith("(3)") ? literal.replace("59.999999", "59.999") : literal;
    }

    private Optional<LocalDateTime> parsed(String literal) {
        try {
            return Optional.of(LocalDateTime.parse(literal.substring(0, literal.length() - zone.length()), FORMAT));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
