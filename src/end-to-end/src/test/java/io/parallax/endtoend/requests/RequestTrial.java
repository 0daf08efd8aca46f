package io.parallax.endtoend.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.endtoend.Api;
import io.parallax.oracle.Figures;
import io.parallax.oracle.Oracle;
import io.parallax.oracle.Relation;
import io.parallax.oracle.Wishes;
import io.parallax.oracle.draw.Dice;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends one request, and compares every answer about it with what it must be. */
final class RequestTrial {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int MOST_BUCKETS = 5000;
    private static final double BAD = 0.06;

    private final Api api;
    private final Connection a;
    private final Connection b;

    RequestTrial(Api api, Connection a, Connection b) {
        this.api = api;
        this.a = a;
        this.b = b;
    }

    /** What is not as it must be. */
    List<String> mismatches(Combination combination, Dice dice) throws SQLException {
        Mismatches mismatches = new Mismatches();
        try {
            if (dice.chance(BAD)) {
                refused(mismatches, combination.body(), BadValue.draw(dice));
            } else {
                answered(mismatches, combination);
            }
        } catch (IOException e) {
            throw new IllegalStateException(combination.body().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return mismatches.found();
    }

    private void refused(Mismatches mismatches, ObjectNode body, BadValue bad)
            throws IOException, InterruptedException {
        bad.into(body);
        Api.Answer answer = api.postRaw("/datadiffs", body.toString());
        mismatches.same("HTTP status", 422, answer.status());
        mismatches.require(
                "the field at fault",
                answer.status() == 422 && bad.isNamedBy(answer.json()),
                bad.field(),
                answer.body());
    }

    private void answered(Mismatches mismatches, Combination combination)
            throws SQLException, IOException, InterruptedException {
        Relation ofA = read(a, combination.a(), combination.wishes(), false);
        Relation ofB = read(b, combination.b(), combination.wishes(), true);
        Api.Answer created = api.postRaw("/datadiffs", combination.body().toString());
        if (created.status() != 200) {
            mismatches.same("HTTP status", 200, created);
            return;
        }
        long id = created.json().path("id").asLong();
        JsonNode summary = api.finished(id, PATIENCE);
        JsonNode diff = api.get("/datadiffs/" + id);
        Keys keys = new Keys(combination, ofA, ofB);
        List<String> key = Answer.texts(diff.path("pk_columns"));
        if (combination.key().isEmpty()) {
            if (key.isEmpty()) {
                failed(mismatches, "Unsupported", summary);
                mismatches.same("a key of one column", false, keys.oneColumnWouldDo());
                return;
            }
            mismatches.require("the key that was found", keys.isKey(key), "a key of either side", key);
        } else {
            mismatches.same("pk_columns", combination.key(), key);
            String failure = failure(keys, key);
            if (failure != null) {
                failed(mismatches, failure, summary);
                return;
            }
        }
        Figures expected =
                Oracle.compare(ofA, ofB, key, combination.include(), combination.exclude(), combination.wishes());
        if (expected.timeline() != null && expected.timeline().buckets().size() > MOST_BUCKETS) {
            failed(mismatches, "Unsupported", summary);
        } else {
            compared(mismatches, combination, expected, summary, diff);
        }
    }

    private static Relation read(Connection connection, Input input, Wishes wishes, boolean isB) throws SQLException {
        Wishes.Clip clip = wishes.clip();
        if (clip == null) {
            return input.read(connection, List.of());
        }
        return input.read(connection, wishes.conditions(isB ? wishes.nameOnB(clip.column()) : clip.column()));
    }

    private static @Nullable String failure(Keys keys, List<String> key) {
        if (!keys.havePartners(key)) {
            return "NoSuchColumnException";
        }
        return keys.areComparable(key) ? null : "TypeMismatch";
    }

    private static void failed(Mismatches mismatches, String type, JsonNode summary) {
        mismatches.same("status", "failed", summary.path("status").asText());
        mismatches.require(
                "error_type",
                type.equals(summary.path("error").path("error_type").asText()),
                type,
                summary);
    }

    private void compared(
            Mismatches mismatches, Combination combination, Figures expected, JsonNode summary, JsonNode diff)
            throws IOException, InterruptedException {
        if (!summary.path("status").asText().equals("success")) {
            mismatches.require("status", false, "success with " + expected, summary);
            return;
        }
        Figures actual = new SummaryCheck(mismatches, combination, expected).check(summary);
        new DiffCheck(mismatches, combination, actual).check(diff, expected);
        List<JsonNode> rows = new ArrayList<>();
        String path = "/datadiffs/" + diff.path("id").asLong() + "/results?limit=1000";
        JsonNode page = api.get(path);
        page.path("results").forEach(rows::add);
        while (!page.path("next_cursor").isNull()) {
            page = api.get(path + "&cursor=" + page.path("next_cursor").asText());
            page.path("results").forEach(rows::add);
        }
        new ResultsCheck(mismatches, combination, actual)
                .check(
                        rows,
                        page.path("complete").asBoolean(),
                        diff.path("diff_stats").path("sampled").asBoolean(),
                        summary);
    }
}
