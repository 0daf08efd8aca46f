package io.parallax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.Plan;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Note;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import io.parallax.engine.dialect.SourceSessions;
import io.parallax.engine.postgres.hash.Hashing;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.Staged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Does a whole diff the way that workers do: plan and tasks pass through JSON. */
public final class Diffing {
    /** One task, with fingerprints. */
    public static final Sizing ONE = new Sizing(0, 1_000_000, 1000, 1, 1, 1, 1, Sizing.Approach.SEGMENTS);

    public static final Sizing TINY = new Sizing(0, 16, 3, 20, 3, 20, 30, Sizing.Approach.SEGMENTS);
    public static final Sizing PIECES = new Sizing(0, 16, 3, 20, 3, 20, 30, Sizing.Approach.PIECES);

    /** A few tasks, each with several buckets, of some hundred rows: what a task costs does not depend on its rows. */
    public static final Sizing FEW = new Sizing(0, 120, 10, 20, 3, 80, 60, Sizing.Approach.SEGMENTS);

    public static final Sizing FEW_PIECES = new Sizing(0, 120, 10, 20, 3, 80, 60, Sizing.Approach.PIECES);

    private Diffing() {}

    /** {@code rows}: those of all tasks that are kept. */
    public record Outcome(
            Plan plan,
            Tally tally,
            Effort effort,
            List<DifferingRow> rows,
            @Nullable Timeline timeline,
            List<String> notes) {}

    public static Dataset table(String name) {
        return new Dataset(List.of("public", name), null, null);
    }

    public static Dataset query(String sql) {
        return new Dataset(null, sql, null);
    }

    /** One server has no room for what every engine here would keep. */
    private static final Sessions SESSIONS = new SourceSessions(settings(ONE).connections());

    public static final DiffEngine DEFAULT = engine(ONE);

    /** On connections that it shares with all others here; it has seen nothing yet. */
    public static DiffEngine engine(Sizing sizing) {
        return new DiffEngine(sizing, SESSIONS, null);
    }

    public static EngineSettings settings(Sizing sizing) {
        return new EngineSettings(
                sizing,
                ConnectionSettings.anywhere(
                        "engine-test",
                        ConnectionSettings.DEFAULT.connectTimeout(),
                        ConnectionSettings.DEFAULT.statementTimeout()));
    }

    public static Outcome diff(Dataset a, Dataset b, String... key) {
        return diff(ONE, a, b, key);
    }

    public static Outcome diff(Sizing sizing, Dataset a, Dataset b, String... key) {
        return diff(sizing, new DiffSpec(a, b, List.of(key), List.of(), List.of()));
    }

    public static Outcome diff(Sizing sizing, DiffSpec spec) {
        return diff(sizing.equals(ONE) ? DEFAULT : engine(sizing), spec);
    }

    public static Outcome diff(DiffEngine engine, DiffSpec spec) {
        return diff(engine, spec, TestServer.source(), TestServer.source());
    }

    /** As if the two servers agreed on no better hash. */
    public static Outcome diff(Hashing hashing, Dataset a, Dataset b, String... key) {
        return diff(DEFAULT, hashing, new DiffSpec(a, b, List.of(key), List.of(), List.of()));
    }

    /** As if the two servers agreed on no better hash. */
    public static Outcome diff(DiffEngine engine, Hashing hashing, DiffSpec spec) {
        Planned planned = engine.plan(spec, TestServer.source(), TestServer.source(), new Cancellation());
        try (HeldSnapshot held = planned.hold()) {
            ((ObjectNode) planned.plan().common()).put("hashing", hashing.name());
            return finish(engine, planned, TestServer.source(), TestServer.source());
        }
    }

    public static Outcome diff(DiffEngine engine, DiffSpec spec, SourceDetails a, SourceDetails b) {
        Planned planned = engine.plan(spec, a, b, new Cancellation());
        try (HeldSnapshot held = planned.hold()) {
            return finish(engine, planned, a, b);
        }
    }

    /** Does the tasks of a plan, stage by stage. */
    public static Outcome finish(DiffEngine engine, Planned planned, SourceDetails a, SourceDetails b) {
        return finish(engine, planned, planned.plan().common(), a, b);
    }

    /** The same of tasks that share something else by now. */
    public static Outcome finish(
            DiffEngine engine, Planned planned, JsonNode shared, SourceDetails a, SourceDetails b) {
        Tally tally = planned.plan().settled();
        Effort effort = planned.plan().tasks().isEmpty() || planned.hold() != null ? planned.effort() : Effort.NONE;
        List<JsonNode> tasks = planned.plan().tasks();
        List<DifferingRow> rows = new ArrayList<>(orNone(planned.plan().rows()));
        Timeline timeline = planned.plan().timeline();
        List<Note> notes = new ArrayList<>(orNone(planned.plan().notes()));
        JsonNode common = throughBytes(shared);
        while (!tasks.isEmpty()) {
            Residue residue = null;
            for (JsonNode task : tasks) {
                Compared compared = engine.compare(common, throughBytes(task), a, b, new Cancellation());
                tally = tally.plus(compared.tally());
                effort = effort.plus(compared.effort());
                residue = sum(residue, compared.residue());
                timeline = Timeline.sum(timeline, compared.timeline());
                rows.addAll(orNone(compared.rows()));
                notes.addAll(orNone(compared.notes()));
            }
            tasks = List.of();
            if (residue != null) {
                Staged staged = engine.nextStage(common, residue);
                tally = tally.plus(staged.settled());
                tasks = staged.tasks();
            }
        }
        List<String> sentences =
                Note.sum(notes.stream()).stream().map(Note::sentence).sorted().toList();
        return new Outcome(planned.plan(), tally, effort, rows, timeline, sentences);
    }

    private static <T> List<T> orNone(@Nullable List<T> some) {
        return some == null ? List.of() : some;
    }

    private static @Nullable Residue sum(@Nullable Residue sum, @Nullable Residue residue) {
        if (sum == null || residue == null) {
            return sum == null ? residue : sum;
        }
        return sum.plus(residue);
    }

    private static JsonNode throughBytes(JsonNode json) {
        try {
            return Codec.mapper().readTree(Codec.mapper().writeValueAsBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
