package io.parallax.oracle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An interval by its three fields; an infinite one has the extreme of each. */
record IntervalFields(long months, long days, long microseconds) {
    private static final Pattern FIELD = Pattern.compile("([-+]?\\d+) (year|mon|day)s?");
    private static final Pattern TIME = Pattern.compile("([-+]?)(\\d+):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?$");

    static IntervalFields parse(String text) {
        return switch (text) {
            case "infinity" -> new IntervalFields(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
            case "-infinity" -> new IntervalFields(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);
            default -> finite(text);
        };
    }

    private static IntervalFields finite(String text) {
        long months = 0;
        long days = 0;
        Matcher field = FIELD.matcher(text);
        while (field.find()) {
            long count = Long.parseLong(field.group(1));
            switch (field.group(2)) {
                case "year" -> months += 12 * count;
                case "mon" -> months += count;
                default -> days += count;
            }
        }
        return new IntervalFields(months, days, microseconds(text));
    }

    private static long microseconds(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.find()) {
            return 0;
        }
        long sign = time.group(1).equals("-") ? -1 : 1;
        long seconds = (Long.parseLong(time.group(2)) * 60 + Long.parseLong(time.group(3))) * 60
                + Long.parseLong(time.group(4));
        String fraction = time.group(5) == null ? "" : time.group(5);
        // The sign goes in early: the smallest interval has no positive twin.
        return sign * seconds * 1_000_000 + sign * Long.parseLong((fraction + "000000").substring(0, 6));
    }
}
