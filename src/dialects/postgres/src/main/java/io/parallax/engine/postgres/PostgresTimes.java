package io.parallax.engine.postgres;

import io.parallax.contract.TimeBuckets;
import io.parallax.engine.dialect.Times;
import io.parallax.engine.postgres.sql.Moments;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.Family;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times as PostgreSQL reckons them. */
final class PostgresTimes implements Times {
    /** After a time of day. */
    private static final Pattern OFFSET = Pattern.compile("[T ]\\d.*([Zz]|[+-]\\d\\d\\S*)$");

    @Override
    public String moment(String time, Column column) {
        return column.type().family() == Family.TIMESTAMPTZ ? instant(time) : utc(instant(time));
    }

    private static String instant(String time) {
        return OFFSET.matcher(time).find()
                ? Sql.literal(time) + "::timestamptz"
                : utc(Sql.literal(time) + "::timestamp");
    }

    private static String utc(String time) {
        return "timezone('UTC', " + time + ")";
    }

    @Override
    public String bucketStart(Column column, TimeBuckets.Unit unit) {
        String own = Sql.identifier(column.name());
        String type = column.type().name();
        String first = "'" + first(unit) + (type.equals("timestamptz") ? " 00:00:00Z" : "") + " BC'::" + type;
        return "(case when " + own + " >= " + first + " and " + own + " <= " + last(type)
                + " then extract(epoch from date_trunc('" + unit.name().toLowerCase(Locale.ROOT) + "', "
                + time(own, column.type().family()) + "))::int8 end)";
    }

    private static String time(String own, Family family) {
        return switch (family) {
            case DATE -> own + "::timestamp";
            case TIMESTAMPTZ -> "timezone('0'::interval, " + own + ")";
            default -> own;
        };
    }

    /** The first day whose bucket starts not before the first timestamp, which is a Monday. */
    private static String first(TimeBuckets.Unit unit) {
        return switch (unit) {
            case MINUTE, HOUR, DAY, WEEK -> "4714-11-24";
            case MONTH -> "4714-12-01";
            case YEAR -> "4713-01-01";
        };
    }

    private static String last(String type) {
        return type.equals("date") ? "'294275-12-31'::date" : Moments.last(type);
    }
}
