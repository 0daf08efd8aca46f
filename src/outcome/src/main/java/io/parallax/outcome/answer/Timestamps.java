package io.parallax.outcome.answer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Points in time as answers show them and the store keeps them: UTC, to the microsecond. */
public final class Timestamps {
    private static final DateTimeFormatter GIVEN = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final int LAST_YEAR = 9999;

    public static final String PATTERN = "uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx";

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern(PATTERN, Locale.ROOT);

    private Timestamps() {}

    public static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    /** As answers show it. */
    public static String text(OffsetDateTime time) {
        return SHOWN.format(utc(time));
    }

    public static OffsetDateTime utc(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC);
    }

    /** So many microseconds after 1970 began. */
    public static OffsetDateTime ofMicroseconds(long microseconds) {
        return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    public static @Nullable OffsetDateTime utcOrNull(@Nullable OffsetDateTime time) {
        return time == null ? null : utc(time);
    }

    /** Of four digits, and after the year 0, which databases do not know. */
    private static boolean isOrdinary(OffsetDateTime time) {
        return time.getYear() > 0 && time.getYear() <= LAST_YEAR;
    }

    /** An ISO 8601 date or timestamp, UTC where it says nothing else; empty when it is none. */
    public static Optional<OffsetDateTime> parse(String text) {
        try {
            TemporalAccessor time =
                    GIVEN.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (time instanceof OffsetDateTime exact) {
                return Optional.of(exact.withOffsetSameInstant(ZoneOffset.UTC)).filter(Timestamps::isOrdinary);
            }
            LocalDateTime local = time instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(time);
            return Optional.of(local.atOffset(ZoneOffset.UTC)).filter(Timestamps::isOrdinary);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
