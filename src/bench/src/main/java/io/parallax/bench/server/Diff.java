package io.parallax.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.bench.table.Known;
import io.parallax.bench.table.Table;
import java.io.IOException;
import java.time.Duration;

/** One diff, asked for again and again. */
public final class Diff {
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Asking takes CPU time from what is measured, so a pause is this part of the time so far. */
    private static final int POLLS = 25;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(4);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final Parallax parallax;
    private final ObjectNode request;
    private final Answer expected;

    private Diff(Parallax parallax, ObjectNode request, Answer expected) {
        this.parallax = parallax;
        this.request = request;
        this.expected = expected;
    }

    /** Of a table of one data source with a table of another. */
    public static Diff of(Parallax parallax, long sourceA, Table a, long sourceB, Table b, Known known) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("data_source1_id", sourceA).put("data_source2_id", sourceB);
        request.putArray("table1").add(Table.SCHEMA).add(a.name());
        request.putArray("table2").add(Table.SCHEMA).add(b.name());
        a.shape().key().forEach(request.putArray("pk_columns")::add);
        return new Diff(parallax, request, Answer.expected(known, a.shape().changing()));
    }

    /**
     * Posts it and waits for its success.
     *
     * @throws WrongAnswerException when it fails, or succeeds with other counts than the tables have
     */
    public void run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        long id = parallax.post("datadiffs", request).path("id").asLong();
        JsonNode summary = summary(id);
        while (!summary.path("status").asText().equals("success")) {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            if (summary.path("status").asText().equals("failed") || elapsed.compareTo(PATIENCE) > 0) {
                throw new WrongAnswerException("After " + elapsed.toSeconds() + " s the diff was at " + summary);
            }
            Thread.sleep(pause(elapsed).toMillis());
            summary = summary(id);
        }
        Answer answer = Answer.of(summary, expected.column());
        if (!answer.equals(expected)) {
            throw new WrongAnswerException("Expected " + expected + ", but was " + answer + " in " + summary);
        }
    }

    static Duration pause(Duration elapsed) {
        Duration pause = elapsed.dividedBy(POLLS);
        if (pause.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private JsonNode summary(long id) throws IOException, InterruptedException {
        return parallax.read("datadiffs/" + id + "/summary_results");
    }
}
