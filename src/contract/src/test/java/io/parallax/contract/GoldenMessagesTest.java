package io.parallax.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parallax.contract.EqualityRules.Tolerance;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Dependent;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Profile;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.Sample;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.message.Target;
import io.parallax.contract.message.Targets;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.message.TestStep;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Note;
import io.parallax.contract.tally.Reading;
import io.parallax.contract.tally.Reads;
import io.parallax.contract.tally.Rechecked;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages as they are on the wire; a file here may gain fields, never lose or rename one. */
class GoldenMessagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TaskAddress ADDRESS = new TaskAddress(7, 1, 1, 3);
    private static final SealedSource SOURCE = new SealedSource(2, "c2VhbGVk", 4);
    private static final Effort EFFORT = new Effort(10, 1, 2000, 31);
    private static final Tally TALLY = new Tally(
            Sides.of(1509, 1761),
            Sides.ZERO,
            Sides.of(0, 303),
            Sides.of(1509, 1514),
            Sides.of(0, 5),
            1453,
            1,
            List.of(0L, 1L));

    private static final Reads READS =
            new Reads(new Reading("00000003-0000001B-1", 1_700_000_000_000_000L, 1_700_000_000_500_000L), null);

    private static final Set<String> OPTIONAL = Set.of(
            "residue",
            "rows",
            "replan",
            "rechecked",
            "keys",
            "timeline",
            "destination",
            "batch",
            "partition",
            "notes",
            "gave_way",
            "leaving",
            "slots",
            "handed_back",
            "silent");

    private static final DifferingRow ROW = new DifferingRow(
            DifferingRow.Kind.VALUE,
            -5,
            JSON.createObjectNode().put("id", 3),
            JSON.createObjectNode()
                    .set("a", JSON.createObjectNode().put("a", "x").putNull("b")));

    private static final DifferingRow SHORTENED_ROW =
            new DifferingRow(ROW.kind(), ROW.rank(), ROW.key(), ROW.values(), List.of("id", "a"));

    private static Residue residue() {
        Residue residue = Residue.zero(2, json("{\"bits\":1}"));
        residue.add(Residue.Figure.ROWS_A, 1, 5);
        residue.add(Residue.Figure.CHECKSUMS, 0, -1);
        return residue;
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of(
                        "plan_diff",
                        Job.class,
                        Job.PlanDiff.first(
                                TaskAddress.planning(7, 1),
                                1,
                                new DiffSpec(
                                        new Dataset(List.of("public", "t"), null, "id > 3"),
                                        new Dataset(null, "select 1 as id", null),
                                        List.of("id"),
                                        List.of(),
                                        List.of("note")),
                                SOURCE,
                                SOURCE)),
                Arguments.of(
                        "key_check", Control.class, new Control.KeyCheck("0123456789ab", "c2VhbGVk", 1769882400000L)),
                Arguments.of(
                        "task_handed_back",
                        Report.class,
                        new Report.TaskFailed(
                                        ADDRESS, 2, "worker-1", new Failure(ErrorType.INTERNAL, "Another one may."))
                                .handedBack(true)),
                Arguments.of(
                        "source_not_asked",
                        Report.class,
                        new Report.SourceAnswered(
                                12, "worker-1", null, new Failure(ErrorType.INTERNAL, "Another one may."), true)),
                Arguments.of(
                        "source_not_tested", Report.class, new Report.SourceTested(11, "worker-1", List.of(), true)),
                Arguments.of(
                        "plan_diff_in_snapshots",
                        Job.class,
                        Job.PlanDiff.first(
                                TaskAddress.planning(7, 1),
                                1,
                                DiffSpec.draft(
                                                new Dataset(List.of("public", "t"), null, "id > 3"),
                                                new Dataset(null, "select 1 as id", null),
                                                List.of("id"),
                                                List.of(),
                                                List.of("note"))
                                        .snapshot(true)
                                        .spec(),
                                SOURCE,
                                SOURCE)),
                Arguments.of(
                        "plan_diff_as_wished",
                        Job.class,
                        new Job.PlanDiff(
                                TaskAddress.planning(7, 1),
                                1,
                                DiffSpec.draft(
                                                new Dataset(
                                                        List.of("public", "t"),
                                                        null,
                                                        "id > 3",
                                                        Map.of("work_mem", "1MB")),
                                                new Dataset(null, "select 1 as id", null),
                                                List.of("id"),
                                                List.of(),
                                                List.of("note"))
                                        .mapping(Map.of("id", "key"))
                                        .rules(new EqualityRules(
                                                Map.of("price", new Tolerance(new BigDecimal("0.5"), true)),
                                                new Tolerance(BigDecimal.ONE, false),
                                                3,
                                                true,
                                                false,
                                                List.of("l")))
                                        .clip(new TimeClip("t", "2026-01-01T00:00Z", "2026-02-01T00:00Z"))
                                        .hints(new Hints(100L, 8, Hints.Search.ROWS))
                                        .sampling(new Sampling(0.01, 99, 0.5, 1000L, 5))
                                        .timeBuckets(new TimeBuckets("t", TimeBuckets.Unit.DAY))
                                        .compareDuplicates(true)
                                        .stepwise(true)
                                        .spec(),
                                SOURCE,
                                SOURCE,
                                TALLY,
                                null)),
                Arguments.of(
                        "plan_diff_without_key",
                        Job.class,
                        Job.PlanDiff.first(
                                TaskAddress.planning(7, 1),
                                1,
                                DiffSpec.draft(
                                                new Dataset(List.of("public", "t"), null, "id > 3"),
                                                new Dataset(null, "select 1 as id", null),
                                                List.of(),
                                                List.of(),
                                                List.of("note"))
                                        .keySearch(new KeySearch(List.of("a"), List.of("text")))
                                        .spec(),
                                SOURCE,
                                SOURCE)),
                Arguments.of("plan_diff_that_writes", Job.class, planThatWrites()),
                Arguments.of(
                        "compare_task_that_writes",
                        CompareTask.class,
                        new CompareTask(
                                ADDRESS,
                                2,
                                json("{\"x\":1}"),
                                json("{\"kind\":\"publish\",\"batches\":[\"b\"]}"),
                                SOURCE,
                                SOURCE,
                                SOURCE)),
                Arguments.of(
                        "drop_tables",
                        Job.class,
                        new Job.DropTables(11, SOURCE, "scratch", "parallax_0123456789abcdef_tmp_")),
                Arguments.of("tables_dropped", Report.class, new Report.TablesDropped(11, "worker-1", null)),
                Arguments.of(
                        "tables_not_dropped",
                        Report.class,
                        new Report.TablesDropped(11, "worker-1", new Failure(ErrorType.TIMEOUT, "locked"))),
                Arguments.of("plan_made_of_keys", Report.class, planMade(true, null)),
                Arguments.of("plan_made_of_a_sample", Report.class, planMade(null, new Sample(0.25, 95, 1000))),
                Arguments.of(
                        "ask_query",
                        Job.class,
                        new Job.AskSource(11, SOURCE, new SourceQuestion.Query("select 1 as x", 10, null))),
                Arguments.of(
                        "ask_query_with_parameters",
                        Job.class,
                        new Job.AskSource(
                                11,
                                SOURCE,
                                new SourceQuestion.Query("select $1 as x", 10, Map.of("1", TextNode.valueOf("a"))))),
                Arguments.of(
                        "ask_query_with_a_time_limit",
                        Job.class,
                        new Job.AskSource(11, SOURCE, new SourceQuestion.Query("select 1 as x", 10, null, 60))),
                Arguments.of(
                        "ask_table_schema",
                        Job.class,
                        new Job.AskSource(11, SOURCE, new SourceQuestion.TableSchema(List.of("public", "t")))),
                Arguments.of(
                        "ask_keys",
                        Job.class,
                        new Job.AskSource(11, SOURCE, new SourceQuestion.Keys(List.of("t"), List.of("a"), 100))),
                Arguments.of(
                        "ask_few_keys",
                        Job.class,
                        new Job.AskSource(
                                11,
                                SOURCE,
                                new SourceQuestion.Keys(
                                        List.of("t"), null, 100, 1, new KeySearch(List.of("a"), List.of("db:int4"))))),
                Arguments.of(
                        "source_answered",
                        Report.class,
                        new Report.SourceAnswered(11, "worker-1", json("{\"rows\":[]}"), null)),
                Arguments.of(
                        "source_not_answered",
                        Report.class,
                        new Report.SourceAnswered(
                                11, "worker-1", null, new Failure(ErrorType.QUERY_ERROR, "no such function"))),
                Arguments.of("test_source", Job.class, new Job.TestSource(11, SOURCE)),
                Arguments.of(
                        "compare_task",
                        CompareTask.class,
                        new CompareTask(ADDRESS, 2, json("{\"x\":1}"), json("{\"y\":[2]}"), SOURCE, SOURCE)),
                Arguments.of(
                        "plan_made",
                        Report.class,
                        new Report.PlanMade(
                                TaskAddress.planning(7, 1),
                                1,
                                "worker-1",
                                new Plan(
                                        new SchemaComparison(
                                                Sides.of(4, 3), Sides.of(1, 0), List.of(), 1, List.of("z"), List.of()),
                                        List.of("id"),
                                        List.of("a", "b"),
                                        "segments",
                                        json("{\"x\":1}"),
                                        List.of(json("{\"y\":[2]}")),
                                        Tally.zero(2)),
                                EFFORT)),
                Arguments.of(
                        "plan_made_that_holds",
                        Report.class,
                        new Report.PlanMade(
                                TaskAddress.planning(7, 1),
                                1,
                                "worker-1",
                                Plan.draft(
                                                new SchemaComparison(
                                                        Sides.of(4, 3),
                                                        Sides.of(1, 0),
                                                        List.of(),
                                                        1,
                                                        List.of("z"),
                                                        List.of()),
                                                List.of("id"),
                                                List.of("a", "b"),
                                                "pieces",
                                                json("{\"x\":1}"),
                                                List.of(json("{\"y\":[2]}")),
                                                Tally.zero(2))
                                        .rows(List.of(ROW))
                                        .holds(true)
                                        .plan(),
                                EFFORT)),
                Arguments.of("plan_made_of_types", Report.class, planMadeOfTypes()),
                Arguments.of("plan_made_of_tables", Report.class, planMadeOf(target())),
                Arguments.of("plan_made_of_guarded_table", Report.class, planMadeOf(guardedTarget())),
                Arguments.of(
                        "next_stage",
                        Job.class,
                        new Job.NextStage(
                                new TaskAddress(7, 1, 2, 0), 1, json("{\"x\":1}"), residue(), SOURCE, SOURCE)),
                Arguments.of(
                        "stage_made",
                        Report.class,
                        new Report.StageMade(
                                new TaskAddress(7, 1, 2, 0),
                                1,
                                "worker-1",
                                TALLY,
                                List.of(json("{\"y\":[2]}")),
                                EFFORT)),
                Arguments.of("task_done", Report.class, new Report.TaskDone(ADDRESS, 1, "worker-1", TALLY, EFFORT)),
                Arguments.of(
                        "task_done_with_residue",
                        Report.class,
                        Report.TaskDone.draft(ADDRESS, 1, "worker-1", TALLY, EFFORT)
                                .residue(residue())
                                .rows(List.of(ROW))
                                .report()),
                Arguments.of(
                        "task_done_with_reads",
                        Report.class,
                        new Report.TaskDone(ADDRESS, 1, "worker-1", TALLY, EFFORT.reading(READS))),
                Arguments.of(
                        "task_done_with_rechecked_keys",
                        Report.class,
                        Report.TaskDone.draft(ADDRESS, 1, "worker-1", TALLY, EFFORT)
                                .rechecked(new Rechecked(List.of(4L, 9L), List.of(5L)))
                                .report()),
                Arguments.of(
                        "task_done_with_a_timeline",
                        Report.class,
                        Report.TaskDone.draft(ADDRESS, 1, "worker-1", TALLY, EFFORT)
                                .timeline(new Timeline(List.of(
                                        new Timeline.Bucket(86400L, 5, 1, 0, List.of(0L, 2L)),
                                        new Timeline.Bucket(null, 1, 0, 0, List.of()))))
                                .report()),
                Arguments.of(
                        "task_done_with_a_batch",
                        Report.class,
                        Report.TaskDone.draft(ADDRESS, 1, "worker-1", TALLY, EFFORT)
                                .batch("3f0c")
                                .report()),
                Arguments.of(
                        "task_done_from_a_partition",
                        Report.class,
                        Report.TaskDone.draft(ADDRESS, 1, "worker-1", TALLY, EFFORT)
                                .partition(63)
                                .report()),
                Arguments.of(
                        "task_done_with_notes",
                        Report.class,
                        Report.TaskDone.draft(ADDRESS, 1, "worker-1", TALLY, EFFORT)
                                .notes(List.of(
                                        Note.of("All is well."),
                                        Note.counting(3, "value was odd.", "values were odd.")))
                                .report()),
                Arguments.of(
                        "task_done_with_shortened_values",
                        Report.class,
                        Report.TaskDone.draft(ADDRESS, 1, "worker-1", TALLY, EFFORT)
                                .rows(List.of(SHORTENED_ROW))
                                .report()),
                Arguments.of(
                        "task_failed_for_good",
                        Report.class,
                        new Report.TaskFailed(ADDRESS, 1, "worker-1", new Failure(ErrorType.TIMEOUT, "snapshot lost"))
                                .replan(true)),
                Arguments.of(
                        "task_failed_giving_way",
                        Report.class,
                        new Report.TaskFailed(ADDRESS, 1, "worker-1", new Failure(ErrorType.TIMEOUT, "somebody waited"))
                                .replan(true)
                                .gaveWay(true)),
                Arguments.of(
                        "task_failed_in_silence",
                        Report.class,
                        new Report.TaskFailed(
                                        ADDRESS, 1, "worker-1", new Failure(ErrorType.SOURCE_UNREACHABLE, "no answer"))
                                .silent(true)),
                Arguments.of(
                        "task_failed",
                        Report.class,
                        new Report.TaskFailed(
                                ADDRESS, 1, "worker-1", new Failure(ErrorType.QUERY_ERROR, "no such function"))),
                Arguments.of(
                        "alive",
                        Report.class,
                        new Report.Alive(7, "worker-1", List.of(new Report.Running(ADDRESS, 1)))),
                Arguments.of(
                        "alive_and_leaving",
                        Report.class,
                        new Report.Alive(7, "worker-1", List.of(new Report.Running(ADDRESS, 1)), true)),
                Arguments.of(
                        "alive_worker", Report.class, Report.Alive.worker("worker-1", new Report.Slots(2, 4), false)),
                Arguments.of(
                        "take_over",
                        Job.class,
                        new Job.TakeOver(TaskAddress.holding(7, 1), 2, json("{\"x\":1}"), SOURCE, SOURCE)),
                Arguments.of(
                        "taken_over",
                        Report.class,
                        new Report.TakenOver(TaskAddress.holding(7, 1), 2, "worker-2", json("{\"x\":2}"))),
                Arguments.of(
                        "source_tested",
                        Report.class,
                        new Report.SourceTested(
                                11,
                                "worker-1",
                                List.of(new TestStep("connection", TestStep.Outcome.SUCCESS, "ok", "Connected.")))),
                Arguments.of("stop_diff", Control.class, new Control.StopDiff(7, 1)),
                Arguments.of("stop_task", Control.class, new Control.StopTask(ADDRESS, 1)));
    }

    private static Report planMade(Boolean keysOnly, Sample sample) {
        return new Report.PlanMade(
                TaskAddress.planning(7, 1),
                1,
                "worker-1",
                Plan.draft(
                                new SchemaComparison(
                                        Sides.of(4, 3), Sides.of(1, 0), List.of(), 1, List.of("z"), List.of()),
                                List.of("id"),
                                List.of("a", "b"),
                                "segments",
                                json("{\"x\":1}"),
                                List.of(json("{\"y\":[2]}")),
                                Tally.zero(2))
                        .keysOnly(keysOnly)
                        .sample(sample)
                        .plan(),
                EFFORT);
    }

    private static Job planThatWrites() {
        return new Job.PlanDiff(
                TaskAddress.planning(7, 1),
                1,
                DiffSpec.draft(
                                new Dataset(List.of("public", "t"), null, null),
                                new Dataset(null, "select 1 as id", null),
                                List.of("id"),
                                List.of(),
                                List.of())
                        .workspace(new Workspace(
                                "parallax_0123456789abcdef_",
                                "scratch",
                                "Scratch b",
                                new Workspace.Results("results", true)))
                        .profiles(true)
                        .spec(),
                SOURCE,
                SOURCE,
                null,
                SOURCE);
    }

    private static Target target() {
        return new Target(
                "\"public\".\"b\"",
                "x > 1",
                List.of(new Target.Column(
                        "\"id\"",
                        Target.Form.PLAIN,
                        List.of(new Target.Condition("\"id\"", Target.Form.PLAIN, "int8")),
                        null)),
                List.of(
                        new Target.Column("\"a\"", Target.Form.DATED, List.of(), null),
                        new Target.Column("\"b\"", Target.Form.LISTED, List.of(), true)));
    }

    private static Target guardedTarget() {
        Target.Limits all = new Target.Limits(true, 1, 2, true, 32, 8, 2, true, true, 3, true, List.of("sad"));
        return new Target(
                "\"public\".\"b\"",
                "x > 1",
                List.of(new Target.Column("\"id\"", Target.Form.PLAIN, List.of(), null)),
                List.of(
                        new Target.Column("\"a\"", Target.Form.PLAIN, List.of(), null, all),
                        new Target.Column(
                                "\"b\"",
                                Target.Form.PLAIN,
                                List.of(),
                                null,
                                Target.Limits.NONE.in("LATIN1").ofRequired())),
                List.of(
                        new Target.Obstacle(List.of(Target.Operation.DELETE), null, "Why not."),
                        new Target.Obstacle(
                                List.of(Target.Operation.INSERT, Target.Operation.UPDATE), List.of("a"), "Why.")),
                List.of(List.of("a", "b")),
                true,
                Map.of("search_path", "mine, public", "TimeZone", "Asia/Tokyo"),
                null);
    }

    private static Report planMadeOf(Target target) {
        return new Report.PlanMade(
                TaskAddress.planning(7, 1),
                1,
                "worker-1",
                Plan.draft(
                                new SchemaComparison(
                                        Sides.of(3, 3), Sides.of(0, 0), List.of(), 0, List.of(), List.of()),
                                List.of("id"),
                                List.of("a", "b"),
                                "at once",
                                json("{\"x\":1}"),
                                List.of(),
                                Tally.zero(2))
                        .dependents(List.of(new Dependent(true, "view", List.of("public", "v"))))
                        .targets(new Targets(null, target))
                        .profiles(List.of(
                                new Profile(3, List.of(new Profile.Column("id", "int4", 1, "1", "30"))),
                                new Profile(0, List.of(new Profile.Column("id", "uuid", 0, null, null)))))
                        .notes(List.of(Note.of("Row security is active.")))
                        .plan(),
                EFFORT);
    }

    private static Report planMadeOfTypes() {
        return new Report.PlanMade(
                TaskAddress.planning(7, 1),
                1,
                "worker-1",
                Plan.draft(
                                new SchemaComparison(
                                        Sides.of(3, 3), Sides.of(0, 0), List.of(), 0, List.of(), List.of()),
                                List.of("id"),
                                List.of("a", "b"),
                                "at once",
                                json("{\"x\":1}"),
                                List.of(),
                                Tally.zero(2))
                        .types(List.of("int8", "numeric", "timestamptz"))
                        .plan(),
                EFFORT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void areReadAndWrittenAsTheGoldenFile(String name, Class<?> type, Object message) throws Exception {
        byte[] golden = golden(name);
        assertThat(JSON.readTree(Codec.encode(message))).isEqualTo(JSON.readTree(golden));
        assertThat(Codec.decode(golden, type)).isEqualTo(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void mayGainFields(String name, Class<?> type, Object message) throws Exception {
        String grown =
                new String(golden(name), StandardCharsets.UTF_8).replaceFirst("\\{", "{\"added_later\":{\"a\":1},");
        assertThat(Codec.decode(grown.getBytes(StandardCharsets.UTF_8), type)).isEqualTo(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void areUnreadableWithoutWhatTheyNeed(String name, Class<?> type, Object message) throws Exception {
        ObjectNode whole = (ObjectNode) JSON.readTree(golden(name));
        for (Iterator<String> fields = whole.deepCopy().fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            // An answer to a question is either of the two.
            boolean eitherOr = (name.startsWith("source_") || name.startsWith("tables_"))
                    && Set.of("answer", "failure").contains(field);
            if (OPTIONAL.contains(field) || eitherOr) {
                continue;
            }
            ObjectNode torn = whole.deepCopy().without(field);
            assertThatThrownBy(() -> Codec.decode(JSON.writeValueAsBytes(torn), type))
                    .as("%s without %s", name, field)
                    .isInstanceOf(UnreadableMessageException.class);
        }
    }

    @Test
    void mayLackFieldsThatCameLater() throws Exception {
        ObjectNode early = (ObjectNode) JSON.readTree(golden("test_source"));
        ((ObjectNode) early.get("source")).remove("max_connections");
        Job job = Codec.decode(JSON.writeValueAsBytes(early), Job.class);
        assertThat(job).isEqualTo(new Job.TestSource(11, new SealedSource(2, "c2VhbGVk")));
    }

    @Test
    void ofANewerVersionOrNoMessageAreUnreadable() throws Exception {
        String newer = new String(golden("task_done"), StandardCharsets.UTF_8)
                .replaceFirst("\"version\" *: *1", "\"version\":2");
        for (String text : List.of(newer, "", "[]", "\u0000\u0001", "{\"version\":1,\"type\":\"unheard_of\"}", "{")) {
            assertThatThrownBy(() -> Codec.decode(text.getBytes(StandardCharsets.UTF_8), Report.class))
                    .isInstanceOf(UnreadableMessageException.class);
        }
    }

    @Test
    void residuesAddUpModulo264() {
        Residue sum = residue().plus(residue());

        assertThat(sum.figure(Residue.Figure.ROWS_A, 1)).isEqualTo(10);
        assertThat(sum.figure(Residue.Figure.CHECKSUMS, 0)).isEqualTo(-2);
        assertThat(sum.figure(Residue.Figure.ROWS_B, 1)).isZero();
        assertThatThrownBy(() -> sum.plus(Residue.zero(3, json("{\"bits\":1}"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readingsAddUpInAnyOrder() {
        Reading one = new Reading("s1", 10, 20);
        Reading same = new Reading("s1", 5, 15);
        Reading other = new Reading("s2", 30, 40);

        assertThat(one.plus(same)).isEqualTo(same.plus(one)).isEqualTo(new Reading("s1", 5, 20));
        assertThat(one.plus(other)).isEqualTo(other.plus(one)).isEqualTo(new Reading(null, 10, 40));
        assertThat(one.plus(other).plus(same))
                .isEqualTo(one.plus(same).plus(other))
                .isEqualTo(new Reading(null, 5, 40));
        assertThat(EFFORT.reading(new Reads(one, null))
                        .plus(EFFORT)
                        .plus(EFFORT.reading(new Reads(same, other)))
                        .reads())
                .isEqualTo(new Reads(new Reading("s1", 5, 20), other));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream file = GoldenMessagesTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            return Objects.requireNonNull(file, "no golden file for " + name).readAllBytes();
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
