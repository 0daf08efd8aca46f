package io.parallax.endtoend.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is wrong when all is healed. */
final class Reckoning {
    private final Random random = new Random(2);
    private final Failures failures = new Failures();
    private final Site site;
    private final Client client;
    private final Map<String, Ask> asks;
    private final Judge judge;

    Reckoning(Site site, List<Ask> asks, List<Incident> incidents) {
        this.site = site;
        this.client = site.client();
        this.asks = asks.stream().collect(Collectors.toMap(Ask::tag, Function.identity()));
        this.judge = new Judge(site, incidents, failures);
    }

    /** Sentences, none when all is well. */
    List<String> failures() throws Exception {
        asks.values().forEach(ask -> ask.defects().forEach(failures::add));
        failures.eventually("diffs that are not over", () -> stuck().toString(), "[]");
        Map<Long, JsonNode> diffs = diffs();
        noneLost(diffs);
        for (JsonNode diff : diffs.values()) {
            Ask ask = askOf(diff);
            if (ask == null) {
                judge.ofTheTimeBefore(diff);
            } else {
                judge.judge(ask, diff);
            }
        }
        mostAnswered();
        new Leftovers(site, failures).look(judge.lastingTables());
        return failures.all();
    }

    /** How many diffs ended in which way. */
    String endings() {
        return judge.endings().toString();
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

    /** All there are, also those that no client knows of, by id. */
    private Map<Long, JsonNode> diffs() throws IOException, InterruptedException {
        Map<Long, JsonNode> diffs = new HashMap<>();
        int page = 0;
        JsonNode found;
        do {
            page++;
            found = client.get(random, "/datadiffs?page_size=500&page=" + page).body();
            found.path("results").forEach(diff -> diffs.put(diff.path("id").asLong(), diff));
        } while (page < found.path("total_pages").asInt());
        return diffs;
    }

    private Ask askOf(JsonNode diff) {
        return asks.get(diff.at("/tags/0").asText());
    }

    private void noneLost(Map<Long, JsonNode> diffs) {
        for (Ask ask : asks.values()) {
            if (ask.diff() == 0) {
                failures.add(ask + " was never accepted");
            } else if (!diffs.containsKey(ask.diff())) {
                failures.add(ask + " is lost");
            }
        }
    }

    /** Rather exact than failed: a service that fails everything would be clear, and of no use. */
    private void mostAnswered() {
        int done = judge.endings().getOrDefault(Judge.DONE, 0);
        if (done * 2 < asks.size()) {
            failures.add("only " + done + " of " + asks.size() + " were done");
        }
    }
}
