package io.parallax.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.EqualityRules.Tolerance;
import io.parallax.contract.Sampling;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.TimeClip;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.postgres.hash.Hashing;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Staged;
import io.parallax.oracle.Figures.Layout;
import io.parallax.oracle.Figures.Pair;
import io.parallax.oracle.draw.Dice;
import io.parallax.oracle.draw.TablePair;
import io.parallax.oracle.draw.TablePair.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the engine for a pair's figures the way the services do: plan and tally travel as bytes, tasks run in any order. */
final class EngineUnderTest {
    private static final String WORKER = "oracle";

    private final DiffEngine engine;
    private final TestServer server;
    private final Dice dice;

    EngineUnderTest(DiffEngine engine, TestServer server, Dice dice) {
        this.engine = engine;
        this.server = server;
        this.dice = dice;
    }

    /**
     * The figures of a pair.
     *
     * @param wishes how it is compared besides
     * @param unrest begins once there are snapshots for all tasks, if it does; null for none
     */
    Figures figures(TablePair pair, Wishes wishes, @Nullable Unrest unrest) {
        ShownRows shown = new ShownRows();
        Figures figures = figures(pair, wishes, unrest, shown);
        shown.requireAll(figures);
        return figures;
    }

    private Figures figures(TablePair pair, Wishes wishes, @Nullable Unrest unrest, ShownRows shown) {
        DiffSpec spec = spec(pair, wishes);
        Planned planned = engine.plan(spec, source(pair.a()), source(pair.b()), new Cancellation());
        if (!Boolean.TRUE.equals(planned.plan().keysOnly())) {
            return finished(pair, wishes, planned, unrest, shown);
        }
        // The same snapshot is not shown to both plans, so nothing may change.
        Figures ofKeys = finished(pair, wishes, planned, null, shown);
        return finished(
                pair,
                wishes,
                engine.plan(spec, source(pair.a()), source(pair.b()), keys(ofKeys), new Cancellation()),
                null,
                shown);
    }

    /** What a plan of keys has counted. */
    private static Tally keys(Figures figures) {
        return new Tally(
                sides(figures.totalRows()),
                sides(figures.nulls()),
                sides(figures.dupes()),
                sides(figures.distincts()),
                sides(figures.exclusives()),
                figures.comparedRows(),
                figures.rowsWithDifferences(),
                List.copyOf(figures.differences().values()));
    }

    private static Sides sides(Pair pair) {
        return Sides.of(pair.a(), pair.b());
    }

    private Figures finished(TablePair pair, Wishes wishes, Planned planned, @Nullable Unrest unrest, ShownRows shown) {
        try (HeldSnapshot held = planned.hold();
                Unrest.Episode changes = held == null || unrest == null ? null : unrest.begin()) {
            Plan plan = overTheWire(new Report.PlanMade(
                            TaskAddress.planning(1, 1), 1, WORKER, planned.plan(), planned.effort()))
                    .plan();
            drawHashing(plan);
            Tally tally = plan.settled();
            shown.add(plan.rows());
            @Nullable Timeline timeline = plan.timeline();
            List<JsonNode> tasks = plan.tasks();
            while (!tasks.isEmpty()) {
                Residue residue = null;
                for (JsonNode task : dice.shuffled(new ArrayList<>(tasks))) {
                    Report.TaskDone done = compare(pair, plan, task);
                    tally = tally.plus(done.tally());
                    shown.add(done.rows());
                    timeline = Timeline.sum(timeline, done.timeline());
                    residue = sum(residue, done.residue());
                }
                Report.StageMade next = next(plan, residue);
                tally = tally.plus(next.settled());
                tasks = next.tasks();
            }
            return figures(plan, tally, wishes.times() == null ? null : timed(plan, timeline));
        }
    }

    private static @Nullable Residue sum(@Nullable Residue sum, @Nullable Residue residue) {
        if (sum == null || residue == null) {
            return sum == null ? residue : sum;
        }
        return sum.plus(residue);
    }

    private Report.StageMade next(Plan plan, @Nullable Residue residue) {
        TaskAddress address = new TaskAddress(1, 1, 2, 0);
        if (residue == null) {
            return new Report.StageMade(
                    address, 1, WORKER, Tally.zero(plan.comparedColumns().size()), List.of(), Effort.NONE);
        }
        Staged staged = engine.nextStage(plan.common(), residue);
        return overTheWire(new Report.StageMade(address, 1, WORKER, staged.settled(), staged.tasks(), staged.effort()));
    }

    /** Any that the plan might have fallen back to. */
    private void drawHashing(Plan plan) {
        ObjectNode common = (ObjectNode) plan.common();
        int best = Hashing.valueOf(common.get("hashing").asText()).ordinal();
        int drawn = dice.pick(0, 0, 1, 2);
        common.put("hashing", Hashing.values()[Math.max(best, drawn)].name());
    }

    static DiffSpec spec(TablePair pair, Wishes wishes) {
        Wishes.Clip clip = wishes.clip();
        Wishes.Times times = wishes.times();
        return DiffSpec.draft(dataset(pair.a()), dataset(pair.b()), pair.key(), pair.include(), pair.exclude())
                .mapping(wishes.mapping().isEmpty() ? null : wishes.mapping())
                .rules(rules(pair, wishes.forgiveness()))
                .clip(clip == null ? null : new TimeClip(clip.column(), utc(clip.from()), utc(clip.to())))
                // Keys first, then values: of all of them, as the oracle does not know the sample.
                .sampling(wishes.inTwoPasses() ? new Sampling(null, 95, null, Long.MAX_VALUE, 0) : null)
                .timeBuckets(
                        times == null
                                ? null
                                : new TimeBuckets(
                                        times.column(),
                                        TimeBuckets.Unit.valueOf(times.unit().name())))
                .compareDuplicates(wishes.multisets() ? true : null)
                .spec();
    }

    private static @Nullable String utc(@Nullable String time) {
        return time == null ? null : time + "+00";
    }

    private static @Nullable EqualityRules rules(TablePair pair, Forgiveness forgiveness) {
        if (forgiveness.equals(Forgiveness.NONE)) {
            return null;
        }
        Tolerance tolerance =
                forgiveness.distance() == null ? null : new Tolerance(forgiveness.distance(), forgiveness.relative());
        Map<String, Tolerance> perColumn = new LinkedHashMap<>();
        if (tolerance != null && forgiveness.everyNumber()) {
            pair.a().columns().stream()
                    .filter(column -> column.type().family() == Family.NUMBER)
                    .filter(column -> !pair.key().contains(column.name()))
                    .forEach(column -> perColumn.put(column.name(), tolerance));
        }
        return new EqualityRules(
                perColumn,
                tolerance,
                forgiveness.digits(),
                forgiveness.anyCase(),
                forgiveness.emptyIsNull(),
                forgiveness.anyArrayOrder() ? List.of() : null);
    }

    private static Dataset dataset(Side side) {
        return new Dataset(side.query() == null ? side.path() : null, side.query(), side.filter());
    }

    private SourceDetails source(Side side) {
        return server.source(side.database());
    }

    private Report.TaskDone compare(TablePair pair, Plan plan, JsonNode task) {
        Compared compared = engine.compare(plan.common(), task, source(pair.a()), source(pair.b()), new Cancellation());
        return overTheWire(
                Report.TaskDone.draft(new TaskAddress(1, 1, 1, 0), 1, WORKER, compared.tally(), compared.effort())
                        .residue(compared.residue())
                        .rows(compared.rows())
                        .rechecked(compared.rechecked())
                        .timeline(compared.timeline())
                        .report());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Report> T overTheWire(T report) {
        try {
            return (T) Codec.decode(Codec.encode(report), Report.class);
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Figures figures(Plan plan, Tally tally, @Nullable TimedFigures timed) {
        Map<String, Long> differences = new LinkedHashMap<>();
        for (int i = 0; i < plan.comparedColumns().size(); i++) {
            differences.put(
                    plan.comparedColumns().get(i), tally.differencesPerColumn().get(i));
        }
        return new Figures(
                pair(tally.totalRows()),
                pair(tally.nulls()),
                pair(tally.dupes()),
                pair(tally.distincts()),
                pair(tally.exclusives()),
                tally.comparedRows(),
                tally.rowsWithDifferences(),
                differences,
                layout(plan),
                timed);
    }

    private static TimedFigures timed(Plan plan, @Nullable Timeline timeline) {
        Map<@Nullable Long, TimedFigures.Bucket> buckets = new HashMap<>();
        if (timeline != null) {
            timeline.buckets().forEach(bucket -> buckets.put(bucket.start(), timed(plan, bucket)));
        }
        return new TimedFigures(buckets, new Pair(0, 0));
    }

    private static TimedFigures.Bucket timed(Plan plan, Timeline.Bucket bucket) {
        Map<String, Long> differences = new HashMap<>();
        for (int i = 0; i < bucket.differences().size(); i++) {
            differences.put(plan.comparedColumns().get(i), bucket.differences().get(i));
        }
        differences.values().removeIf(count -> count == 0);
        return new TimedFigures.Bucket(bucket.compared(), bucket.exclusiveA(), bucket.exclusiveB(), differences);
    }

    private static Layout layout(Plan plan) {
        SchemaComparison schema = plan.schema();
        return new Layout(
                pair(schema.columnCounts()),
                pair(schema.columnsMismatched()),
                plan.comparedColumns(),
                schema.typeDiffers(),
                schema.columnReorders(),
                schema.onlyA(),
                schema.onlyB());
    }

    private static Pair pair(Sides sides) {
        return new Pair(sides.a(), sides.b());
    }
}
