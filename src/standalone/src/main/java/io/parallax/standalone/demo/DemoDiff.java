package io.parallax.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;

/** One table of production against the same table of the replica. */
enum DemoDiff {
    ORDERS("orders", "order_id"),
    CUSTOMERS("customers", "customer_id");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLISECONDS = 100;

    private final String table;
    private final String key;

    DemoDiff(String table, String key) {
        this.table = table;
        this.key = key;
    }

    String table() {
        return table;
    }

    String key() {
        return key;
    }

    /** The body of the POST that starts it. */
    ObjectNode body(long production, long replica) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("data_source1_id", production)
                .put("data_source2_id", replica);
        body.putArray("table1").add(DemoTables.DATABASE).add("production").add(table);
        body.putArray("table2").add(DemoTables.DATABASE).add("replica").add(table);
        body.putArray("pk_columns").add(key);
        return body;
    }

    /** Its summary, once it is complete. */
    static JsonNode summary(ApiClient api, long id) throws DemoFailedException, IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode summary = api.get("/datadiffs/" + id + "/summary_results");
            String status = summary.path("status").asText();
            if (status.equals("success")) {
                return summary;
            }
            if (status.equals("failed")) {
                throw new DemoFailedException("Diff " + id + " failed: "
                        + summary.path("error").path("error_value").asText());
            }
            Thread.sleep(PAUSE_MILLISECONDS);
        }
        throw new DemoFailedException("Diff " + id + " was not complete after " + PATIENCE.toSeconds() + " s.");
    }
}
