package io.parallax.oracle;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a bucket of a timeline is, by the calendar of UTC. */
public enum TimeUnit {
    MINUTE(time -> time.truncatedTo(ChronoUnit.MINUTES)),
    HOUR(time -> time.truncatedTo(ChronoUnit.HOURS)),
    DAY(time -> time.truncatedTo(ChronoUnit.DAYS)),
    WEEK(time -> time.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))),
    MONTH(time -> time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1)),
    YEAR(time -> time.truncatedTo(ChronoUnit.DAYS).withDayOfYear(1));

    private static final Pattern PRINTED =
            Pattern.compile("(\\d+)-(\\d\\d)-(\\d\\d)(?: (\\d\\d):(\\d\\d):(\\d\\d)(?:\\.\\d+)?(?:\\+00)?)?( BC)?");

    /** The last year of timestamps; dates that reach it have no bucket. */
    private static final int LAST_YEAR = 294_276;

    /** The first timestamp; a bucket that starts before it is none. */
    private static final LocalDateTime FIRST = LocalDateTime.of(-4713, 11, 24, 0, 0);

    private final UnaryOperator<LocalDateTime> start;

    TimeUnit(UnaryOperator<LocalDateTime> start) {
        this.start = start;
    }

    /** When the bucket of a date or timestamp starts, in seconds since 1970; null where it is none that a bucket is for. */
    @Nullable
    Long start(String text, Type type) {
        Matcher printed = PRINTED.matcher(text);
        if (!printed.matches()) {
            return null;
        }
        int year = Integer.parseInt(printed.group(1));
        boolean isLate = type.family() == Family.DATE ? year >= LAST_YEAR : year > LAST_YEAR;
        if (isLate && printed.group(7) == null) {
            return null;
        }
        LocalDateTime time = LocalDateTime.of(
                printed.group(7) == null ? year : 1 - year,
                number(printed, 2),
                number(printed, 3),
                number(printed, 4),
                number(printed, 5),
                number(printed, 6));
        LocalDateTime begins = start.apply(time);
        return begins.isBefore(FIRST) ? null : begins.toEpochSecond(ZoneOffset.UTC);
    }

    private static int number(Matcher printed, int group) {
        return printed.group(group) == null ? 0 : Integer.parseInt(printed.group(group));
    }
}
