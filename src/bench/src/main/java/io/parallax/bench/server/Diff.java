package io.parallax.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.bench.table.Known;
import io.parallax.bench.table.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

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

    /** The same, cut into tasks of so many buckets of so many rows of either side. */
    public Diff cut(int buckets, int rows) {
        ObjectNode cut = request.deepCopy();
        cut.put("bisection_factor", buckets).put("bisection_threshold", rows);
        return new Diff(parallax, cut, expected);
    }

    /**
     * Posts it and waits for its success.
     *
     * @return its id
     * @throws WrongAnswerException when it fails, or succeeds with other counts than the tables have
     */
    public long run() throws IOException, InterruptedException {
        long start = System.nanoTime();
        return end(begin(), start);
    }

    /** Runs it; the seconds from before its POST to its success. */
    public double time() throws IOException, InterruptedException {
        long start = System.nanoTime();
        run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** The bytes of its POST to that path. */
    public byte[] posting(String path) {
        return parallax.writing(path, request);
    }

    /** Posts it; its id. */
    public long begin() throws IOException, InterruptedException {
        return parallax.post("datadiffs", request).path("id").asLong();
    }

    /**
     * Waits for the success of one that was posted at {@code start}, in nanoseconds of the system's clock.
     *
     * @return its id
     * @throws WrongAnswerException when it fails, or succeeds with other counts than the tables have
     */
    public long end(long id, long start) throws IOException, InterruptedException {
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
        return id;
    }

    public boolean isOver(long id) throws IOException, InterruptedException {
        return List.of("success", "failed").contains(summary(id).path("status").asText());
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
