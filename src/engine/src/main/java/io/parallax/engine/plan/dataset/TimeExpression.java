package io.parallax.engine.plan.dataset;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.TimeBuckets;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Family;
import java.util.Locale;

/** Tells which bucket of time a row belongs to. */
public final class TimeExpression {
    private TimeExpression() {}

    /**
     * When the bucket of a row starts, in seconds since 1970; NULL for a row without a finite time, and for one whose bucket
     * starts beyond what timestamps hold.
     *
     * @param name the column on this side
     * @throws DiffFailedException when it is missing or holds no times
     */
    public static String of(DescribedDataset dataset, String name, TimeBuckets.Unit unit, String side) {
        Column column = TimeColumn.of(dataset, name, side);
        Expressions expressions = Dialects.of(dataset).expressions();
        String own = expressions.identifier(name);
        String type = column.type().name();
        String first = "'" + first(unit) + (type.equals("timestamptz") ? " 00:00:00Z" : "") + " BC'::" + type;
        return "(case when " + own + " >= " + first + " and " + own + " <= " + last(expressions, type)
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

    private static String last(Expressions expressions, String type) {
        return type.equals("date") ? "'294275-12-31'::date" : expressions.last(type);
    }
}
