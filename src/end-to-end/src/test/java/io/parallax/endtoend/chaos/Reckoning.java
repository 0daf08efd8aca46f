package io.parallax.endtoend.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Topics;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** What is wrong when all is healed. */
final class Reckoning {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How long after it healed a fault may still make a diff fail. */
    private static final Duration AFTERMATH = Duration.ofSeconds(20);

    private static final List<String> SOURCE = List.of("source", "source-wire");

    /** Reasons that a fault explains, by the parts whose faults do. */
    private static final Map<String, List<String>> EXPLAINED = Map.of(
            "SourceUnreachable", SOURCE,
            "Timeout", SOURCE,
            "WorkerLost", List.of("worker", "kafka", "store", "api", "source"));

    private final Random random = new Random(2);
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> endings = new TreeMap<>();
    private final Set<String> lasting = new TreeSet<>();
    private final Site site;
    private final Client client;
    private final Map<String, Ask> asks;
    private final List<Incident> incidents;

    Reckoning(Site site, List<Ask> asks, List<Incident> incidents) {
        this.site = site;
        this.client = site.client();
        this.asks = asks.stream().collect(Collectors.toMap(Ask::tag, Function.identity()));
        this.incidents = incidents;
    }

    /** Sentences, none when all is well. */
    List<String> failures() throws Exception {
        asks.values().forEach(ask -> failures.addAll(ask.defects()));
        Map<Long, JsonNode> diffs = diffsOnceOver();
        noneLost(diffs);
        for (JsonNode diff : diffs.values()) {
            judge(diff);
        }
        mostAnswered();
        nothingLeftInTheSource();
        noDeadLetters();
        return failures;
    }

    /** How many diffs ended in which way. */
    String endings() {
        return endings.toString();
    }

    private Map<Long, JsonNode> diffsOnceOver() throws Exception {
        eventually("diffs that are not over", () -> stuck().toString(), "[]");
        return diffs();
    }

    private List<String> stuck() throws Exception {
        List<String> stuck = new ArrayList<>();
        diffs().forEach((id, diff) -> {
            if (!diff.path("done").asBoolean()) {
                stuck.add(askOf(diff) + " " + diff.path("status").asText());
            }
        });
        return stuck;
    }

    private Map<Long, JsonNode> diffs() throws IOException, InterruptedException {
        Map<Long, JsonNode> diffs = new HashMap<>();
        JsonNode page = client.get(random, "/datadiffs?page_size=1000").body();
        page.path("results").forEach(diff -> diffs.put(diff.path("id").asLong(), diff));
        if (diffs.size() != page.path("count").asInt()) {
            throw new AssertionError("a list of " + diffs.size() + " of " + page.path("count") + " diffs");
        }
        return diffs;
    }

    private void noneLost(Map<Long, JsonNode> diffs) {
        asks.values().stream()
                .filter(ask -> ask.diff() != 0 && !diffs.containsKey(ask.diff()))
                .forEach(ask -> failures.add(ask + " is lost"));
        asks.values().stream().filter(ask -> ask.diff() == 0).forEach(ask -> failures.add(ask + " was never accepted"));
    }

    private Ask askOf(JsonNode diff) {
        return asks.get(diff.at("/tags/0").asText());
    }

    private void judge(JsonNode diff) throws IOException, InterruptedException, SQLException {
        Ask ask = askOf(diff);
        if (ask == null) {
            keepTables(summary(diff), null);
            return;
        }
        String status = diff.path("status").asText();
        if (ask.diff() == diff.path("id").asLong()) {
            if (!ask.end().isEmpty() && !ask.end().equals(status)) {
                failures.add(ask + " was " + ask.end() + " and is " + status);
            }
            if (ask.wasCancelled() && !status.equals("cancelled")) {
                failures.add(ask + " was cancelled and is " + status);
            }
        }
        switch (status) {
            case "done" -> judgeDone(ask, diff);
            case "failed" -> judgeFailed(ask, diff);
            case "cancelled" -> judgeCancelled(ask, diff);
            default -> failures.add(ask + " is " + status);
        }
    }

    private void judgeDone(Ask ask, JsonNode diff) throws IOException, InterruptedException, SQLException {
        count("done");
        JsonNode summary = summary(diff);
        JsonNode results = client.get(random, "/datadiffs/" + diff.path("id").asLong() + "/results?limit=1000")
                .body();
        JsonNode expected = ask.question().answer();
        if (expected == null) {
            failures.add(ask + " is done but " + ask.question().error());
            return;
        }
        String difference = Answers.difference(expected, Answers.of(summary, results));
        if (!difference.isEmpty()) {
            failures.add(ask + " is wrong: " + difference);
        }
        keepTables(summary, ask);
    }

    private void judgeFailed(Ask ask, JsonNode diff) throws IOException, InterruptedException {
        JsonNode error = summary(diff).path("error");
        String type = error.path("error_type").asText();
        if (type.equals(ask.question().error())) {
            count("failed as expected");
            return;
        }
        count("failed with " + type);
        List<String> parts = EXPLAINED.getOrDefault(type, List.of());
        Instant start = OffsetDateTime.parse(diff.path("created_at").asText()).toInstant();
        Instant end = OffsetDateTime.parse(diff.path("finished_at").asText()).toInstant();
        boolean explained = incidents.stream()
                .filter(incident -> parts.stream().anyMatch(incident.part()::startsWith))
                .anyMatch(incident -> incident.touches(start, end, AFTERMATH));
        if (!explained) {
            failures.add(ask + " of " + start + " failed at " + end + " with no reason: " + error);
        }
    }

    private void judgeCancelled(Ask ask, JsonNode diff) {
        count("cancelled");
        if (!ask.question().cancelled() || ask.diff() != diff.path("id").asLong()) {
            failures.add(ask + " is cancelled and nobody asked for that");
        }
    }

    private void count(String ending) {
        endings.merge(ending, 1, Integer::sum);
    }

    /** Rather exact than failed: a service that fails everything would be clear, and of no use. */
    private void mostAnswered() {
        int done = endings.getOrDefault("done", 0);
        if (done * 2 < asks.size()) {
            failures.add("only " + done + " of " + asks.size() + " were done: " + endings);
        }
    }

    private JsonNode summary(JsonNode diff) throws IOException, InterruptedException {
        return client.get(random, "/datadiffs/" + diff.path("id").asLong() + "/summary_results")
                .body();
    }

    /** Tables of results are to stay, and to hold just what was counted. */
    private void keepTables(JsonNode summary, Ask ask) throws SQLException {
        JsonNode places = summary.path("materialized_results");
        if (!summary.path("status").asText().equals("success") || !places.isObject()) {
            return;
        }
        places.forEach(place -> lasting.add(place.at("/0/path/1").asText()));
        if (ask != null) {
            rows(
                    ask,
                    places,
                    "diff",
                    summary.at("/values/rows_with_differences").asLong());
            long exclusives = summary.at("/pks/exclusives/0").asLong()
                    + summary.at("/pks/exclusives/1").asLong();
            rows(ask, places, "exclusives", exclusives);
            rows(ask, places, "duplicates1", summary.at("/pks/dupes/0").asLong());
            rows(ask, places, "duplicates2", summary.at("/pks/dupes/1").asLong());
        }
    }

    private void rows(Ask ask, JsonNode places, String table, long expected) throws SQLException {
        String name = places.path(table).at("/0/path/1").asText();
        try (Connection connection = site.inSource()) {
            String found = text(connection, "select count(*) from %s.\"%s\"".formatted(Questions.TEMP_SCHEMA, name));
            if (!found.equals(Long.toString(expected))) {
                failures.add("%s has %s rows in its table %s, not %d".formatted(ask, found, table, expected));
            }
        } catch (SQLException e) {
            failures.add(ask + " has no table " + table + ": " + e.getMessage());
        }
    }

    private void nothingLeftInTheSource() throws SQLException {
        eventually(
                "statements left running in the source",
                () -> inSource(
                        """
                        select coalesce(string_agg(application_name || ' ' || state || ' ' || left(query, 200), '; '), '')
                        from pg_stat_activity where application_name like 'parallax%' and state <> 'idle'"""),
                "");
        String undone = "select count(*) from tidying where not last";
        eventually("things never tidied up", () -> inStore(undone), "0");
        // Once more after an hour, for the sake of workers that come back late; this hour is over now.
        try (Connection connection = site.inStore();
                Statement statement = connection.createStatement()) {
            statement.execute("update tidying set due_at = now()");
        }
        eventually("things not tidied up a second time", () -> inStore("select count(*) from tidying"), "0");
        eventually(
                "tables in the source",
                () -> inSource(
                        """
                        select coalesce(string_agg(relname, ' ' order by relname collate "C"), '') from pg_class
                        where relkind = 'r' and relnamespace = 'scratch'::regnamespace"""),
                String.join(" ", lasting));
    }

    private String inSource(String sql) throws SQLException {
        try (Connection connection = site.inSource()) {
            return text(connection, sql);
        }
    }

    private String inStore(String sql) throws SQLException {
        try (Connection connection = site.inStore()) {
            return text(connection, sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void noDeadLetters() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", site.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition letters = new TopicPartition(Topics.DEAD_LETTER, 0);
            consumer.assign(List.of(letters));
            long count = consumer.endOffsets(List.of(letters)).get(letters);
            if (count > 0) {
                consumer.seekToBeginning(List.of(letters));
                consumer.poll(Duration.ofSeconds(5))
                        .forEach(letter ->
                                failures.add("dead letter: " + letter.headers() + new String(letter.value())));
                failures.add(count + " dead letters");
            }
        }
    }

    private void eventually(String what, Callable<String> found, String expected) {
        String[] last = {""};
        try {
            Awaitility.await(what).atMost(PATIENCE).ignoreExceptions().until(() -> {
                last[0] = found.call();
                return last[0].equals(expected);
            });
        } catch (ConditionTimeoutException e) {
            failures.add("%s: %s instead of %s".formatted(what, last[0], expected));
        }
    }
}
