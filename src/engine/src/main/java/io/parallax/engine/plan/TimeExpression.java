package io.parallax.engine.plan;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.TimeBuckets;
import io.parallax.engine.postgres.Sql;
import io.parallax.engine.schema.Column;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.schema.Family;
import java.util.Locale;

/** Tells which bucket of time a row belongs to. */
final class TimeExpression {
    private TimeExpression() {}

    /**
     * When the bucket of a row starts, in seconds since 1970; NULL for a row without a finite time.
     *
     * @param name the column on this side
     * @throws DiffFailedException when it is missing or holds no times
     */
    static String of(DescribedDataset dataset, String name, TimeBuckets.Unit unit, String side) {
        Column column = TimeColumn.of(dataset, name, side);
        String own = Sql.identifier(name);
        // What timestamps cannot hold has no bucket.
        String time = column.type().family() == Family.DATE
                ? "case when " + own + " < '294276-01-01' then " + own + "::timestamp end"
                : column.type().family() == Family.TIMESTAMPTZ ? "timezone('UTC', " + own + ")" : own;
        return "(case when isfinite(" + own + ") then extract(epoch from date_trunc('"
                + unit.name().toLowerCase(Locale.ROOT) + "', " + time + "))::int8 end)";
    }
}
