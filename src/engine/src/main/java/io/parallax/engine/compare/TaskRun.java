package io.parallax.engine.compare;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Note;
import io.parallax.contract.tally.Reading;
import io.parallax.contract.tally.Reads;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.compare.bucket.DirtyBucketsComparison;
import io.parallax.engine.compare.bucket.HashBucketsSql;
import io.parallax.engine.compare.bucket.PieceScan;
import io.parallax.engine.compare.range.DiffRateHistory;
import io.parallax.engine.compare.rows.DifferenceCollector;
import io.parallax.engine.compare.rows.RepeatsShown;
import io.parallax.engine.compare.segment.SegmentComparison;
import io.parallax.engine.compare.segment.SegmentSql;
import io.parallax.engine.compare.side.NoJsonb;
import io.parallax.engine.compare.side.SideSql;
import io.parallax.engine.compare.side.ThroughputSample;
import io.parallax.engine.compare.staged.DifferenceWriter;
import io.parallax.engine.compare.staged.StagedTables;
import io.parallax.engine.compare.tally.Stopwatch;
import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Fingerprints;
import io.parallax.engine.dialect.RowHash;
import io.parallax.engine.dialect.Writing;
import io.parallax.engine.session.AccessPath;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.session.WritingSession;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.Comparer;
import io.parallax.engine.task.CountingPhase;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.DirtyBucketsTask;
import io.parallax.engine.task.DuplicateKeysTask;
import io.parallax.engine.task.PieceScanTask;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.PublishTask;
import io.parallax.engine.task.Recheck;
import io.parallax.engine.task.RepeatedRows;
import io.parallax.engine.task.Segment;
import io.parallax.engine.task.Side;
import io.parallax.engine.task.SidePlan;
import io.parallax.engine.task.Snapshots;
import io.parallax.engine.task.Staging;
import io.parallax.engine.task.TaskBody;
import io.parallax.engine.task.Throughput;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does one task of a plan. */
public final class TaskRun implements Comparer {
    /** Where all rows are read. */
    private static final RowHash NO_HASH = columns -> {
        throw new IllegalStateException("a plan without a hash was to hash rows");
    };

    private final Sessions sessions;
    private final PlanContext context;
    private final @Nullable RowHash rowHash;
    private final DiffRateHistory history;

    /**
     * For tasks of one plan.
     *
     * @param rowHash another hash for rows than the plan's, or null
     */
    public TaskRun(Sessions sessions, PlanContext context, @Nullable RowHash rowHash, DiffRateHistory history) {
        this.sessions = sessions;
        this.context = context;
        this.rowHash = rowHash;
        this.history = history;
    }

    /** What the task counts, on a snapshot of each side it looks at. */
    public Compared run(TaskBody body, Databases databases, Cancellation cancellation) {
        List.of(Side.A, Side.B).forEach(this::requireKnown);
        return counted(task(body, databases, cancellation));
    }

    /** Before any session is opened: a newer version may have planned it. */
    private void requireKnown(Side side) {
        SidePlan plan = context.side(side);
        String hash = context.hashing();
        if (hash == null) {
            return;
        }
        plan.spoken()
                .fingerprints()
                .requireKnown(
                        hash,
                        Stream.concat(plan.key().stream(), plan.values().stream())
                                .map(CanonicalExpression::hashed));
    }

    private Compared counted(Compared compared) {
        return compared.counting(context.counting(compared.tally()));
    }

    private Compared task(TaskBody body, Databases databases, Cancellation cancellation) {
        SourceDetails a = databases.a().with(context.a().settings());
        SourceDetails b = databases.b().with(context.b().settings());
        if (body instanceof PieceScanTask piece) {
            return scan(piece.side(), a, b, cancellation, scan -> scan.run(piece));
        }
        if (body instanceof DuplicateKeysTask duplicates) {
            return scan(duplicates.side(), a, b, cancellation, scan -> scan.run(duplicates));
        }
        if (body instanceof RepeatedRows repeated) {
            return show(repeated, repeated.side() == Side.A ? a : b, cancellation);
        }
        if (body instanceof Recheck recheck) {
            // Of the sides as they are now; the plan's snapshots show what is known already.
            try (SessionPair pair = SessionPair.open(
                    sessions, a, b, context.a().locking(), context.b().locking(), cancellation)) {
                Compared compared = new KeyRecheck(context, recheck).run(whole(Side.A), whole(Side.B), pair);
                pair.both(session -> session.reading(null));
                return compared;
            }
        }
        if (body instanceof PublishTask publish) {
            return publish(publish, databases, cancellation);
        }
        if (context.staging() != null) {
            return staged((Segment) body, a, b, context.staging(), databases, cancellation);
        }
        try (SessionPair pair = open(a, b, cancellation)) {
            return body instanceof DirtyBucketsTask dirty
                    ? readOn(pair, new DirtyBucketsComparison(context, sql(Side.A), sql(Side.B)).run(dirty, pair))
                    : compare((Segment) body, pair);
        }
    }

    private Compared staged(
            Segment segment,
            SourceDetails a,
            SourceDetails b,
            Staging staging,
            Databases databases,
            Cancellation cancellation) {
        try (DifferenceWriter rows = new DifferenceWriter(
                        context, staging, tables(staging, databases), () -> destination(databases, cancellation));
                SessionPair pair = open(a, b, cancellation)) {
            Compared compared = compare(segment, pair, rows);
            return compared.writing(rows.commit());
        }
    }

    private StagedTables tables(Staging staging, Databases databases) {
        try {
            Dialect dialect = Dialects.of(Objects.requireNonNull(databases.destination()));
            Writing writing = dialect.writing()
                    .orElseThrow(() -> new DiffFailedException(
                            ErrorType.UNSUPPORTED, "Parallax writes no tables into " + dialect.name() + "."));
            return new StagedTables(context, staging, dialect.expressions(), writing);
        } catch (DiffFailedException e) {
            throw e.at("Destination");
        }
    }

    private WritingSession destination(Databases databases, Cancellation cancellation) {
        try {
            return sessions.openToWrite(Objects.requireNonNull(databases.destination()), cancellation)
                    .named("Destination");
        } catch (DiffFailedException e) {
            throw e.at("Destination");
        }
    }

    private Compared publish(PublishTask publish, Databases databases, Cancellation cancellation) {
        Stopwatch stopwatch = new Stopwatch();
        Staging staging = Objects.requireNonNull(context.staging());
        try (WritingSession session = destination(databases, cancellation)) {
            // One execution of the task waits for the other.
            session.alone(staging.lasting());
            tables(staging, databases).publish(publish.batches()).forEach(session::execute);
            session.commit();
        }
        return Compared.of(Tally.zero(context.valueNames().size()), new Effort(0, 0, 0, stopwatch.milliseconds()));
    }

    @Override
    public void stage(Databases databases, Cancellation cancellation) {
        if (context.staging() != null) {
            try (WritingSession session = destination(databases, cancellation)) {
                tables(context.staging(), databases).create().forEach(session::execute);
                session.commit();
            }
        }
    }

    private SessionPair open(SourceDetails a, SourceDetails b, Cancellation cancellation) {
        Snapshots snapshots = context.snapshots();
        if (context.together()) {
            Locking both = context.a().locking().and(context.b().locking());
            return SessionPair.openTogether(sessions, a, snapshot(Side.A), both, cancellation);
        }
        return snapshots == null
                ? SessionPair.open(
                        sessions, a, b, context.a().locking(), context.b().locking(), cancellation)
                : SessionPair.open(sessions, a, b, snapshots.a(), snapshots.b(), cancellation);
    }

    @Override
    public Compared compare(Segment segment, SessionPair pair) {
        return compare(segment, pair, null);
    }

    private Compared compare(Segment segment, SessionPair pair, @Nullable DifferenceWriter staged) {
        Compared compared =
                new SegmentComparison(context, segment, sql(Side.A), sql(Side.B), history, staged).run(pair);
        SessionPair.Both<List<Note>> notes =
                pair.both(session -> noJsonb(Side.A, segment, session), session -> noJsonb(Side.B, segment, session));
        return counted(readOn(
                pair,
                compared.noting(
                        Stream.concat(notes.a().stream(), notes.b().stream()).toList())));
    }

    private List<Note> noJsonb(Side side, Segment segment, Session session) {
        SideSql sql = sql(side);
        return new NoJsonb(sql, side)
                .notes(session, new SegmentSql(context.side(side).range(), segment, sql).fromKeyed());
    }

    private Compared readOn(SessionPair pair, Compared compared) {
        SessionPair.Both<Reading> readings =
                pair.both(session -> session.reading(known(Side.A)), session -> session.reading(known(Side.B)));
        return compared.reading(new Reads(readings.a(), readings.b()));
    }

    /** What a side's snapshot is known by in what is told of how it was read. */
    private @Nullable String known(Side side) {
        Snapshots snapshots = context.snapshots();
        return snapshots == null ? null : snapshots.known(side);
    }

    private @Nullable String snapshot(Side side) {
        Snapshots snapshots = context.snapshots();
        return snapshots == null ? null : snapshots.of(side);
    }

    @Override
    public Throughput pace(SessionPair pair, SessionPair.Both<String> samples) {
        SessionPair.Both<Throughput> paces = pair.both(
                session -> ThroughputSample.measure(session, sql(Side.A), samples.a()),
                session -> ThroughputSample.measure(session, sql(Side.B), samples.b()));
        return Throughput.mean(paces.a(), paces.b());
    }

    private Compared scan(Side side, SourceDetails a, SourceDetails b, Cancellation cancellation, Scanning scanning) {
        SourceDetails source = side == Side.A ? a : b;
        try (Session session = open(side, source, cancellation)) {
            Compared compared = scanning.on(new PieceScan(
                    new HashBucketsSql(sql(side)), side, context.a().values().size(), session));
            return compared.reading(reads(side, session));
        } catch (DiffFailedException e) {
            throw e.at("Side " + side);
        }
    }

    private Session open(Side side, SourceDetails source, Cancellation cancellation) {
        String snapshot = snapshot(side);
        return snapshot == null
                ? sessions.open(source, context.side(side).locking(), cancellation)
                : sessions.open(source, snapshot, cancellation);
    }

    private Compared show(RepeatedRows repeated, SourceDetails source, Cancellation cancellation) {
        Side side = repeated.side();
        Stopwatch stopwatch = new Stopwatch();
        DifferenceCollector differences = new DifferenceCollector(context);
        try (Session session = open(side, source, cancellation)) {
            session.reach(AccessPath.BY_SCAN);
            long fetched = new RepeatsShown(context, differences)
                    .show(side, session, new HashBucketsSql(sql(side)).repeatedRows(repeated.buckets()));
            Compared compared = Compared.of(
                            Tally.zero(context.valueNames().size()),
                            new Effort(0, 0, fetched, stopwatch.milliseconds()))
                    .showing(differences.rows());
            return compared.reading(reads(side, session));
        } catch (DiffFailedException e) {
            throw e.at("Side " + side);
        }
    }

    private Reads reads(Side side, Session session) {
        Reading reading = session.reading(known(side));
        return side == Side.A ? new Reads(reading, null) : new Reads(null, reading);
    }

    private SideSql sql(Side side) {
        return sql(side, context.pass());
    }

    /** Of all rows, whichever are sampled. */
    private SideSql whole(Side side) {
        return sql(side, null);
    }

    private SideSql sql(Side side, @Nullable CountingPhase phase) {
        SidePlan plan = context.side(side);
        String hash = context.hashing();
        if (hash == null) {
            return new SideSql(plan, NO_HASH, NO_HASH, phase);
        }
        Fingerprints fingerprints = plan.spoken().fingerprints();
        RowHash rows = rowHash == null ? fingerprints.rows(hash) : rowHash;
        return new SideSql(plan, rows, fingerprints.keys(hash), phase);
    }

    private interface Scanning {
        Compared on(PieceScan scan);
    }
}
