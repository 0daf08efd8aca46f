package io.parallax.engine.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.source.Session;

/** How many rows a dataset has, as PostgreSQL's planner sees it: filters, views and partitions included. */
public final class RowEstimate {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RowEstimate() {}

    /** At least 0; nothing is read. */
    public static double of(Session session, DescribedDataset dataset) {
        String where = dataset.filter() == null ? "" : " where (\n" + dataset.filter() + "\n)";
        String plan =
                session.one("explain (format json) select 1 from " + dataset.from() + where, row -> row.getString(1));
        try {
            return JSON.readTree(plan).path(0).path("Plan").path("Plan Rows").asDouble(0);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database explained in something else than JSON", e);
        }
    }
}
