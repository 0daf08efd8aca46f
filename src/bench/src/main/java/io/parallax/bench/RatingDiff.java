package io.parallax.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;

/** The diff of both tables, each through a data source of its own. */
final class RatingDiff {
    private static final int MILLISECONDS_BETWEEN_POLLS = 10;

    private final Parallax parallax;
    private final ObjectNode request;
    private final long rows;

    private RatingDiff(Parallax parallax, ObjectNode request, long rows) {
        this.parallax = parallax;
        this.request = request;
        this.rows = rows;
    }

    /** Makes the data sources. */
    static RatingDiff prepare(Parallax parallax, Address address, long rows) throws IOException, InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("data_source1_id", source(parallax, "A", address));
        request.put("data_source2_id", source(parallax, "B", address));
        request.putArray("table1").add(RatingTables.SCHEMA).add(RatingTables.A);
        request.putArray("table2").add(RatingTables.SCHEMA).add(RatingTables.B);
        request.putArray("pk_columns").add("id");
        return new RatingDiff(parallax, request, rows);
    }

    private static long source(Parallax parallax, String side, Address address)
            throws IOException, InterruptedException {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("name", "bench " + side + " " + Instant.now());
        source.put("type", "pg");
        source.putObject("options")
                .put("host", address.host())
                .put("port", address.port())
                .put("dbname", address.database())
                .put("user", address.user())
                .put("password", address.password());
        return parallax.post("data_sources", source).path("id").asLong();
    }

    /** Posts the diff and waits for its success. */
    void run() throws IOException, InterruptedException {
        long id = parallax.post("datadiffs", request).path("id").asLong();
        JsonNode summary = parallax.read("datadiffs/" + id + "/summary_results");
        while (!summary.path("status").asText().equals("success")) {
            if (summary.path("status").asText().equals("failed")) {
                throw new IOException("The diff failed: " + summary);
            }
            Thread.sleep(MILLISECONDS_BETWEEN_POLLS);
            summary = parallax.read("datadiffs/" + id + "/summary_results");
        }
        check(summary);
    }

    /** A wrong answer has no speed. */
    private void check(JsonNode summary) throws IOException {
        boolean identical = summary.at("/pks/total_rows/0").asLong() == rows
                && summary.at("/pks/total_rows/1").asLong() == rows
                && summary.at("/pks/exclusives/0").asLong(-1) == 0
                && summary.at("/pks/exclusives/1").asLong(-1) == 0
                && summary.at("/values/total_rows").asLong() == rows
                && summary.at("/values/rows_with_differences").asLong(-1) == 0;
        if (!identical) {
            throw new IOException("The tables are identical, the answer is not: " + summary);
        }
    }
}
