package io.parallax.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Codec;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.Dependent;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Profile;
import io.parallax.contract.message.Targets;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Note;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import io.parallax.engine.dialect.Catalog;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.plan.cut.PhaseChoice;
import io.parallax.engine.plan.cut.Segmentation;
import io.parallax.engine.plan.dataset.Clipping;
import io.parallax.engine.plan.dataset.Grants;
import io.parallax.engine.plan.dataset.InputCopies;
import io.parallax.engine.plan.key.KeyFinder;
import io.parallax.engine.plan.probe.Trust;
import io.parallax.engine.plan.probe.UnprovenServerException;
import io.parallax.engine.plan.repair.TargetDraft;
import io.parallax.engine.plan.stage.SnapshotHold;
import io.parallax.engine.row.DisplayValue;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.Comparer;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.Snapshots;
import io.parallax.engine.task.Throughput;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.SchemaMatch;
import io.parallax.engine.write.InputCopy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes plans, and compares small diffs while it is at it. */
public final class Planner {
    private final Sessions sessions;
    private final Sizing sizing;
    private final Function<PlanContext, Comparer> comparers;

    /** {@code comparers}: who compares what a plan is about. */
    public Planner(Sessions sessions, Sizing sizing, Function<PlanContext, Comparer> comparers) {
        this.sessions = sessions;
        this.sizing = sizing;
        this.comparers = comparers;
    }

    /**
     * The plan of a diff, from what both databases say about it now.
     *
     * @param keys what is counted of the keys already; null when nothing is
     * @param temporary what the names of its temporary tables begin with; null where it makes none
     */
    public Planned plan(
            DiffSpec asked,
            Databases databases,
            @Nullable Tally keys,
            @Nullable String temporary,
            Cancellation cancellation) {
        SourceDetails a = databases.a().with(asked.a().settings());
        SourceDetails b = databases.b().with(asked.b().settings());
        long started = System.nanoTime();
        InputCopies.Copied copied = new InputCopies(sessions, asked, temporary).made(a, b, cancellation);
        boolean inSnapshots = Boolean.TRUE.equals(asked.snapshot());
        boolean mayHold = hasRoomToHold(a) && hasRoomToHold(b);
        Holding holding = new Holding(mayHold, inSnapshots, a.equals(b));
        Attempt attempt = () -> planned(asked, copied, databases, keys, temporary, holding, started, cancellation);
        try {
            return attempt.make();
        } catch (UnprovenServerException e) {
            // Rarely, and once: whatever else there is to know of it is kept.
            Trust.learnApart(sessions.known(), e, () -> sessions.open(a, cancellation));
            Trust.learnApart(sessions.known(), e, () -> sessions.open(b, cancellation));
            return again(attempt);
        }
    }

    /** Where another server has come in between it is for who asks next to find out. */
    private static Planned again(Attempt attempt) {
        try {
            return attempt.make();
        } catch (UnprovenServerException e) {
            throw e.refusal();
        }
    }

    @FunctionalInterface
    private interface Attempt {
        Planned make();
    }

    private Planned planned(
            DiffSpec asked,
            InputCopies.Copied copied,
            Databases databases,
            @Nullable Tally keys,
            @Nullable String temporary,
            Holding holding,
            long started,
            Cancellation cancellation) {
        SourceDetails a = databases.a().with(asked.a().settings());
        SourceDetails b = databases.b().with(asked.b().settings());
        SessionPair pair = open(copied.spec(), a, b, cancellation);
        HeldSnapshot held = null;
        try {
            Draft draft = draft(asked, copied, pair, keys, holding.oneDatabase, temporary);
            stage(draft, databases, cancellation);
            Planned planned = draft.segmentation.isSmall() && draft.context.staging() == null
                    ? compared(draft, pair, started)
                    : cut(draft, pair, holding, started);
            held = planned.hold();
            return planned;
        } finally {
            if (held == null) {
                pair.close();
            }
        }
    }

    private SessionPair open(DiffSpec spec, SourceDetails a, SourceDetails b, Cancellation cancellation) {
        Locking ofA = Dialects.locking(a, spec.a());
        Locking ofB = Dialects.locking(b, spec.b());
        // A's snapshot may become both sides'.
        return SessionPair.open(sessions, a, b, a.equals(b) ? ofA.and(ofB) : ofA, ofB, cancellation);
    }

    /** Plans that held connections of a limited source might leave none for anybody's tasks. */
    private static boolean hasRoomToHold(SourceDetails source) {
        return source.maxConnections() == null;
    }

    /**
     * Whether snapshots are kept for all tasks.
     *
     * @param allowed whether the sources have room for that
     * @param wished whether each side must be read in one
     * @param oneDatabase whether one shows both sides
     */
    private record Holding(boolean allowed, boolean wished, boolean oneDatabase) {}

    private record Draft(
            SessionPair.Both<DescribedDataset> datasets,
            SchemaMatch match,
            Segmentation segmentation,
            PlanContextBuilder context,
            PhaseChoice phases,
            boolean inSegments,
            List<Dependent> dependents,
            Targets targets,
            @Nullable List<Profile> profiles,
            List<Note> notes) {}

    private void stage(Draft draft, Databases databases, Cancellation cancellation) {
        if (draft.context.staging() != null) {
            comparers.apply(draft.context.of(List.of(), null, null)).stage(databases, cancellation);
        }
    }

    /** {@code asked}: the same diff of datasets that are not copied. */
    private Draft draft(
            DiffSpec asked,
            InputCopies.Copied copied,
            SessionPair pair,
            @Nullable Tally keys,
            boolean oneDatabase,
            @Nullable String temporary) {
        DiffSpec spec = copied.spec();
        SessionPair.Both<DescribedDataset> datasets = pair.both(
                session -> Clipping.a(described(session, copied.copies().a()), spec),
                session -> Clipping.b(described(session, copied.copies().b()), spec));
        DiffSpec keyed = spec.keySearch() == null ? spec : spec.keyedBy(new KeyFinder(pair, datasets, spec).find());
        SchemaMatch match = SchemaMatch.of(datasets.a(), datasets.b(), keyed);
        TextSettings texts = TextSettings.of(match, pair);
        if (texts.areNeeded()) {
            pair.both(session -> session.told(texts.values()));
        }
        requireReadable(datasets.a(), match, ColumnPair::a, "A");
        requireReadable(datasets.b(), match, ColumnPair::b, "B");
        Trust trust = Trust.of(sessions.known(), pair, match, spec.sampling() != null, StagingPlanner.isWished(spec));
        Segmentation segmentation =
                new Segmentation(sizing, keyed.hints(), spec.timeBuckets() != null, pair, datasets, match);
        PhaseChoice phases = PhaseChoice.of(spec.sampling(), keys, segmentation.mostRows());
        return new Draft(
                datasets,
                match,
                segmentation,
                PlanContextBuilder.of(
                        pair, datasets, match, trust, texts.in(keyed), phases.pass(), oneDatabase, temporary),
                phases,
                spec.timeBuckets() != null || Boolean.TRUE.equals(spec.stepwise()) || StagingPlanner.isWished(spec),
                dependents(asked, pair),
                new TargetDraft(asked, originals(spec, copied.copies(), datasets), match, oneDatabase).targets(pair),
                profiles(spec, pair, datasets),
                new Notices(pair, asked, datasets, match, texts, trust).notes(copied.copies()));
    }

    private static DescribedDataset described(Session session, InputCopy.Copy copy) {
        Catalog catalog = Dialects.catalog(session);
        catalog.prefetch(copy.dataset());
        DescribedDataset described = catalog.describe(copy.dataset());
        DescribedDataset original = copy.original();
        DescribedDataset dataset = original == null ? described : described.copiedFrom(original);
        Grants.require(dataset, Stream.empty(), "");
        return dataset;
    }

    /** What statements would be written to. */
    private static SessionPair.Both<DescribedDataset> originals(
            DiffSpec spec, SessionPair.Both<InputCopy.Copy> copies, SessionPair.Both<DescribedDataset> datasets) {
        DescribedDataset a = copies.a().original();
        DescribedDataset b = copies.b().original();
        return new SessionPair.Both<>(
                a == null ? datasets.a() : Clipping.a(a, spec), b == null ? datasets.b() : Clipping.b(b, spec));
    }

    private static void requireReadable(
            DescribedDataset dataset, SchemaMatch match, Function<ColumnPair, Column> own, String side) {
        try {
            Grants.require(dataset, match.key().stream().map(own), "");
            Grants.require(
                    dataset,
                    match.compared().stream().map(own),
                    ", or leave out what is not to be compared with exclude_columns");
        } catch (DiffFailedException e) {
            throw e.at("Side " + side);
        }
    }

    private static @Nullable List<Profile> profiles(
            DiffSpec spec, SessionPair pair, SessionPair.Both<DescribedDataset> datasets) {
        if (!Boolean.TRUE.equals(spec.profiles())) {
            return null;
        }
        SessionPair.Both<Profile> profiles = pair.both(
                session -> Dialects.catalog(session).profile(datasets.a()),
                session -> Dialects.catalog(session).profile(datasets.b()));
        return List.of(profiles.a(), profiles.b());
    }

    private static List<Dependent> dependents(DiffSpec spec, SessionPair pair) {
        SessionPair.Both<List<Dependent>> found = pair.both(
                session -> Dialects.catalog(session).dependents(spec.a(), false),
                session -> Dialects.catalog(session).dependents(spec.b(), true));
        return Stream.concat(found.a().stream(), found.b().stream()).toList();
    }

    private Planned compared(Draft draft, SessionPair pair, long started) {
        PlanContext context = draft.context.of(List.of(), null, null);
        Compared compared = comparers.apply(context).compare(draft.segmentation.whole(), pair);
        Plan plan = plan(
                draft,
                "at once",
                context,
                List.of(),
                compared.tally(),
                compared.rows(),
                null,
                compared.timeline(),
                compared.notes());
        Effort cost = compared.effort();
        return new Planned(
                plan,
                new Effort(cost.buckets(), cost.dirtyBuckets(), cost.rowsFetched(), since(started), cost.reads()),
                null);
    }

    private Planned cut(Draft draft, SessionPair pair, Holding holding, long started) {
        Segmentation.Segments segments = holding.wished && !holding.allowed
                ? draft.segmentation.single()
                : draft.segmentation.cut(
                        draft.context.unique(),
                        holding.allowed && !draft.inSegments,
                        draft.context.trust().hashes(),
                        pace(draft, pair));
        Snapshots snapshots = null;
        HeldSnapshot held = null;
        if (segments.pieces() != null || holding.wished && segments.tasks().size() > 1) {
            try {
                snapshots = SnapshotHold.export(pair, holding.oneDatabase);
                held = SnapshotHold.of(pair);
            } catch (DiffFailedException e) {
                if (e.failure().type() == ErrorType.CANCELLED) {
                    throw e;
                }
                // Not every server exports snapshots; one task sees one of its own.
                segments = draft.segmentation.single();
            }
        }
        PlanContext context = draft.context.of(segments.range(), snapshots, segments.pieces());
        Plan plan = plan(
                draft,
                segments.algorithm(),
                context,
                segments.tasks().stream().<JsonNode>map(Codec::toJson).toList(),
                Tally.zero(draft.match.compared().size()),
                null,
                held == null ? null : true,
                null,
                null);
        Effort effort = new Effort(0, 0, segments.keysSampled(), since(started));
        return new Planned(
                plan, snapshots == null ? effort : effort.reading(SnapshotHold.reads(pair, snapshots)), held);
    }

    private Throughput pace(Draft draft, SessionPair pair) {
        SessionPair.Both<String> samples = draft.segmentation.samples();
        return samples == null || draft.context.trust().hash() == null
                ? Throughput.UNKNOWN
                : comparers.apply(draft.context.of(List.of(), null, null)).pace(pair, samples);
    }

    private static Plan plan(
            Draft draft,
            String algorithm,
            PlanContext context,
            List<JsonNode> tasks,
            Tally settled,
            @Nullable List<DifferingRow> rows,
            @Nullable Boolean holds,
            @Nullable Timeline timeline,
            @Nullable List<Note> found) {
        List<Note> notes = Note.sum(
                Stream.concat(draft.notes.stream(), Stream.ofNullable(found).flatMap(List::stream)));
        return new Plan(
                draft.match.comparison(),
                draft.match.key().stream().map(ColumnPair::name).toList(),
                draft.match.compared().stream().map(ColumnPair::name).toList(),
                algorithm,
                Codec.toJson(context),
                tasks,
                draft.phases.settled(settled),
                rows,
                holds,
                draft.phases.keysOnly() ? true : null,
                draft.phases.sample(),
                timeline,
                draft.dependents.isEmpty() ? null : draft.dependents,
                draft.targets,
                draft.profiles,
                notes.isEmpty() ? null : notes,
                Stream.concat(draft.match.key().stream(), draft.match.compared().stream())
                        .map(pair -> DisplayValue.type(pair.a(), pair.b()))
                        .toList());
    }

    private static long since(long started) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }
}
