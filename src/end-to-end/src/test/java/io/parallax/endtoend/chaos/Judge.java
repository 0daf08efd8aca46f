package io.parallax.endtoend.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds each diff that is over against what was asked, and against what happened in its life. */
final class Judge {
    static final String DONE = "done";

    /** How long after it healed a fault may still make a diff fail. */
    private static final Duration AFTERMATH = Duration.ofSeconds(20);

    /** Reasons to fail that a fault explains, each with the beginnings of the names of the parts it happens to. */
    private static final Map<String, List<String>> EXPLAINED = Map.of(
            "SourceUnreachable", List.of("source"),
            "Timeout", List.of("source"),
            "WorkerLost", List.of("worker", "kafka", "store", "api", "source"));

    private final Random random = new Random(3);
    private final Map<String, Integer> endings = new TreeMap<>();
    private final Set<String> lastingTables = new TreeSet<>();
    private final Site site;
    private final Client client;
    private final List<Incident> incidents;
    private final Failures failures;

    Judge(Site site, List<Incident> incidents, Failures failures) {
        this.site = site;
        this.client = site.client();
        this.incidents = incidents;
        this.failures = failures;
    }

    void judge(Ask ask, JsonNode diff) throws IOException, InterruptedException, SQLException {
        String status = diff.path("status").asText();
        if (ask.diff() == id(diff)) {
            keptItsWord(ask, status);
        }
        switch (status) {
            case "done" -> judgeDone(ask, diff);
            case "failed" -> judgeFailed(ask, diff);
            case "cancelled" -> judgeCancelled(ask, diff);
            default -> failures.add(ask + " is " + status);
        }
    }

    /** One that was asked for before anything went wrong. */
    void ofTheTimeBefore(JsonNode diff) throws IOException, InterruptedException {
        noteTables(summary(diff));
    }

    /** How many diffs ended in which way. */
    Map<String, Integer> endings() {
        return endings;
    }

    /** Tables of results that are to stay. */
    Set<String> lastingTables() {
        return lastingTables;
    }

    private void keptItsWord(Ask ask, String status) {
        if (!ask.end().isEmpty() && !ask.end().equals(status)) {
            failures.add(ask + " was " + ask.end() + " and is " + status);
        }
        if (ask.wasCancelled() && !status.equals("cancelled")) {
            failures.add(ask + " was cancelled and is " + status);
        }
    }

    private void judgeDone(Ask ask, JsonNode diff) throws IOException, InterruptedException, SQLException {
        count(DONE);
        JsonNode expected = ask.question().answer();
        if (expected == null) {
            failures.add(ask + " is done, not " + ask.question().error());
            return;
        }
        JsonNode summary = summary(diff);
        JsonNode results = client.get(random, "/datadiffs/" + id(diff) + "/results?limit=1000")
                .body();
        String difference = Answers.difference(expected, Answers.of(summary, results));
        if (!difference.isEmpty()) {
            failures.add(ask + " is wrong: " + difference);
        }
        noteTables(summary);
        if (summary.path("materialized_results").isObject()) {
            judgeTables(ask, summary);
        }
    }

    private void judgeFailed(Ask ask, JsonNode diff) throws IOException, InterruptedException {
        JsonNode error = summary(diff).path("error");
        String type = error.path("error_type").asText();
        if (type.equals(ask.question().error())) {
            count("failed as expected");
            return;
        }
        count("failed with " + type);
        Instant start = time(diff, "created_at");
        Instant end = time(diff, "finished_at");
        if (!explained(type, start, end)) {
            failures.add("%s of %s failed at %s for no reason: %s".formatted(ask, start, end, error));
        }
    }

    private boolean explained(String type, Instant start, Instant end) {
        List<String> parts = EXPLAINED.getOrDefault(type, List.of());
        return incidents.stream()
                .filter(incident -> parts.stream().anyMatch(incident.part()::startsWith))
                .anyMatch(incident -> incident.touches(start, end, AFTERMATH));
    }

    private void judgeCancelled(Ask ask, JsonNode diff) {
        count("cancelled");
        if (!ask.question().cancelled() || ask.diff() != id(diff)) {
            failures.add(ask + " is cancelled, and nobody asked for that");
        }
    }

    private void count(String ending) {
        endings.merge(ending, 1, Integer::sum);
    }

    private void noteTables(JsonNode summary) {
        JsonNode places = summary.path("materialized_results");
        if (summary.path("status").asText().equals("success") && places.isObject()) {
            places.forEach(place -> lastingTables.add(place.at("/0/path/1").asText()));
        }
    }

    /** They hold just what was counted. */
    private void judgeTables(Ask ask, JsonNode summary) throws SQLException {
        long exclusives = summary.at("/pks/exclusives/0").asLong()
                + summary.at("/pks/exclusives/1").asLong();
        Map<String, Long> expected = Map.of(
                "diff", summary.at("/values/rows_with_differences").asLong(),
                "exclusives", exclusives,
                "duplicates1", summary.at("/pks/dupes/0").asLong(),
                "duplicates2", summary.at("/pks/dupes/1").asLong());
        try (Connection connection = site.inSource();
                Statement statement = connection.createStatement()) {
            for (String table : expected.keySet()) {
                String name = summary.at("/materialized_results/" + table + "/0/path/1")
                        .asText();
                long found = rows(statement, name);
                if (found != expected.get(table)) {
                    failures.add("%s has %d rows in %s, not %d".formatted(ask, found, table, expected.get(table)));
                }
            }
        }
    }

    /** -1 when there is no such table. */
    private static long rows(Statement statement, String table) throws SQLException {
        String name = Questions.TEMP_SCHEMA + ".\"" + table + '"';
        try (ResultSet row = statement.executeQuery("select to_regclass('" + name + "') is null")) {
            row.next();
            if (row.getBoolean(1)) {
                return -1;
            }
        }
        try (ResultSet row = statement.executeQuery("select count(*) from " + name)) {
            row.next();
            return row.getLong(1);
        }
    }

    private JsonNode summary(JsonNode diff) throws IOException, InterruptedException {
        return client.get(random, "/datadiffs/" + id(diff) + "/summary_results").body();
    }

    private static long id(JsonNode diff) {
        return diff.path("id").asLong();
    }

    private static Instant time(JsonNode diff, String field) {
        return OffsetDateTime.parse(diff.path(field).asText()).toInstant();
    }
}
