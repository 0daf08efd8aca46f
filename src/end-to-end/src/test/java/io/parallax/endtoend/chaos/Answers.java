package io.parallax.endtoend.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.endtoend.BruteForce;
import java.util.ArrayList;
import java.util.List;

/** All that the API says about a diff that is done and that does not depend on who counted it when. */
final class Answers {
    private Answers() {}

    /** The answer, once the diff is done. */
    static JsonNode of(JsonNode summary, JsonNode results) {
        ObjectNode answer = Client.object();
        answer.set("figures", BruteForce.reported(summary));
        answer.set("schema", summary.path("schema"));
        answer.set("timeline", summary.path("timeline"));
        answer.set("complete", results.path("complete"));
        List<JsonNode> rows = new ArrayList<>();
        results.path("results").forEach(rows::add);
        rows.sort((one, other) -> one.toString().compareTo(other.toString()));
        ArrayNode sorted = answer.putArray("rows");
        rows.forEach(sorted::add);
        return answer;
    }

    /** Which parts of two answers are not the same. */
    static String difference(JsonNode expected, JsonNode found) {
        List<String> differing = new ArrayList<>();
        expected.fieldNames().forEachRemaining(name -> {
            if (!expected.path(name).equals(found.path(name))) {
                differing.add(name + " expected " + brief(expected.path(name)) + " found " + brief(found.path(name)));
            }
        });
        return String.join("; ", differing);
    }

    private static String brief(JsonNode node) {
        String text = node.toString();
        return text.length() > 600 ? node.size() + " entries " + text.substring(0, 600) : text;
    }
}
