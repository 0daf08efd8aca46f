package io.parallax.api.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** An event in a few sentences for people. */
final class SlackMessage {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Of one name, or of one reason; a whole message may have 40 000. */
    private static final int MOST_SIGNS = 3000;

    private final CloudEvent event;
    private final JsonNode data;
    private final List<String> sentences = new ArrayList<>();

    private SlackMessage(CloudEvent event) {
        this.event = event;
        this.data = event.data();
    }

    /** As an incoming webhook takes it. */
    static byte[] json(CloudEvent event) {
        return MAPPER.createObjectNode().put("text", text(event)).toString().getBytes(StandardCharsets.UTF_8);
    }

    static String text(CloudEvent event) {
        return new SlackMessage(event).text();
    }

    private String text() {
        if (event.isTest()) {
            return "Parallax can tell you of diffs here.";
        }
        sentences.add("*Diff " + event.about() + " " + headline() + "*");
        sentences.add("A: " + side("table1") + ", B: " + side("table2") + ".");
        if (data.has("totals")) {
            figures(data.path("totals"));
        }
        if (data.has("error")) {
            sentences.add(plain(data.at("/error/error_type").asText() + ": "
                    + data.at("/error/error_value").asText()));
        }
        String link = data.path("link").asText();
        // A path alone leads nowhere.
        if (link.startsWith("http")) {
            sentences.add("<" + plain(link) + "|Show it>");
        }
        return String.join(" ", sentences);
    }

    private String headline() {
        return switch (EventType.of(event.word())) {
            case CREATED -> "was asked for.";
            case PROGRESS -> "is " + data.at("/progress/tenths").asInt() + "0% done.";
            case FAILED -> "failed.";
            case CANCELLED -> "was cancelled.";
            case FINISHED -> "is done: " + verdict();
        };
    }

    private String verdict() {
        String found =
                switch (data.path("result").asText()) {
                    case "identical" -> "no difference.";
                    case "different" -> "values or columns differ.";
                    case "missing-pks" -> "keys are on one side only.";
                    case "bad-pks" -> "keys are NULL or repeated.";
                    case "empty" -> "neither side has a row.";
                    default -> "no difference in what was compared.";
                };
        return data.has("partial") ? found + " It ended early." : found;
    }

    private void figures(JsonNode totals) {
        add(totals, "total_rows", " rows in A, ", " in B.");
        sentences.add((data.has("sampled") ? "Of a sample of " : "Of ")
                + totals.path("compared_rows").asLong() + " compared rows, "
                + totals.path("rows_with_differences").asLong() + " differ.");
        add(totals, "exclusives", " keys are in A only, ", " in B only.");
        if (data.path("result").asText().equals("bad-pks")) {
            add(totals, "nulls", " rows of A have NULL in the key, ", " of B.");
            add(totals, "dupes", " rows of A repeat a key, ", " of B.");
        }
    }

    private void add(JsonNode totals, String field, String ofA, String ofB) {
        JsonNode sides = totals.path(field);
        sentences.add(sides.path(0).asLong() + ofA + sides.path(1).asLong() + ofB);
    }

    private String side(String field) {
        return data.path(field).isArray()
                ? "`"
                        + plain(StreamSupport.stream(data.path(field).spliterator(), false)
                                .map(JsonNode::asText)
                                .collect(Collectors.joining(".")))
                        + "`"
                : "a query";
    }

    /** So that it means nothing but itself: no mention, no link, no end of a quote. */
    private static String plain(String text) {
        return text.substring(
                        0, text.offsetByCodePoints(0, Math.min(MOST_SIGNS, text.codePointCount(0, text.length()))))
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace('`', '\'')
                .replaceAll("\\s+", " ");
    }
}
