package io.parallax.engine.plan.cut;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.engine.session.Session;
import io.parallax.engine.type.DescribedDataset;

/**
 * What PostgreSQL's planner thinks of reading a dataset: filters, views and partitions included; nothing is read.
 *
 * @param rows how many rows it expects, at least 0
 * @param cost in its own unit
 */
record Costs(double rows, double cost) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Costs of(Session session, DescribedDataset dataset) {
        return of(session, dataset.rows("1"));
    }

    static Costs of(Session session, String query) {
        String plan = session.one("explain (format json) " + query, row -> row.getString(1));
        try {
            JsonNode top = JSON.readTree(plan).path(0).path("Plan");
            return new Costs(
                    top.path("Plan Rows").asDouble(0), top.path("Total Cost").asDouble(0));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database explained in something else than JSON", e);
        }
    }
}
