package io.parallax.api.ledger.issue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.ledger.LedgerSettings;
import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.contract.Codec;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Tally;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Picks pending tasks for which there is room, marks them as issued, and writes their messages. */
@ApplicationScoped
public class Issuer {
    private static final Logger LOG = Logger.getLogger(Issuer.class);
    private static final int MOST_AT_ONCE = 200;
    private static final ObjectMapper MAPPER = Codec.mapper();

    private final LedgerSettings settings;

    Issuer(LedgerSettings settings) {
        this.settings = settings;
    }

    /** Issues what there is room for now: of this diff, and of those that share a limited source with it. */
    public Uni<PendingMessages> next(SqlConnection tx, LockedDiff diff) {
        return neighbours(tx, diff)
                .map(others ->
                        Stream.concat(others.stream(), Stream.of(diff.id())).toList())
                .flatMap(all -> issue(tx, all))
                .map(PendingMessages::issue);
    }

    /** The same without this diff, which lets go of its sources. */
    public Uni<PendingMessages> others(SqlConnection tx, LockedDiff diff) {
        return neighbours(tx, diff).flatMap(all -> issue(tx, all)).map(PendingMessages::issue);
    }

    /** The same of a diff that has let go of a limited source already. */
    public Uni<PendingMessages> others(SqlConnection tx, long diff) {
        return neighbours(tx, diff).flatMap(all -> issue(tx, all)).map(PendingMessages::issue);
    }

    /** Who else may start when this diff lets go of a limited source. */
    private static Uni<List<Long>> neighbours(SqlConnection tx, LockedDiff diff) {
        return diff.sources().limited()
                ? neighbours(tx, diff.id())
                : Uni.createFrom().item(List.of());
    }

    private static Uni<List<Long>> neighbours(SqlConnection tx, long diff) {
        return tx.preparedQuery(IssueSql.LOCK_NEIGHBOURS)
                .execute(Tuple.of(diff))
                .map(rows -> stream(rows).map(row -> row.getLong("id")).toList());
    }

    /** Issues what there is room for. The diffs' rows are locked by this transaction. */
    public Uni<List<IssuedTask>> issue(SqlConnection tx, List<Long> diffs) {
        if (diffs.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return tx.preparedQuery(IssueSql.CANDIDATES)
                .execute(Tuple.of(diffs.toArray(Long[]::new), window(), MOST_AT_ONCE))
                .flatMap(rows -> admitted(tx, rows))
                .flatMap(admitted ->
                        mark(tx, admitted.stream().map(Candidate::address).toList()));
    }

    private @Nullable Integer window() {
        return settings.window().isPresent() ? settings.window().getAsInt() : null;
    }

    /** Issues the first planning jobs of new diffs, unless they are issued or over already. */
    public Uni<List<IssuedTask>> issueNew(Pool store, List<Long> diffs) {
        return store.preparedQuery(IssueSql.ISSUE_NEW)
                .execute(Tuple.of(diffs.toArray(Long[]::new)))
                .flatMap(Issuer::assignments);
    }

    private static Candidate candidate(Row row) {
        return new Candidate(
                address(row),
                new Connections(
                        row.getLong("a"),
                        row.getLong("b"),
                        row.getLong("c"),
                        row.getBoolean("copies_a"),
                        row.getBoolean("copies_b")));
    }

    private static TaskAddress address(Row row) {
        return new TaskAddress(
                row.getLong("diff"), row.getInteger("plan"), row.getInteger("stage"), row.getInteger("task"));
    }

    private static Uni<List<Candidate>> admitted(SqlConnection tx, RowSet<Row> rows) {
        List<Candidate> candidates = stream(rows).map(Issuer::candidate).toList();
        if (stream(rows).noneMatch(row -> row.getBoolean("limited"))) {
            return Uni.createFrom().item(candidates);
        }
        Long[] sources = candidates.stream()
                .flatMap(candidate -> candidate.sources().stream())
                .distinct()
                .toArray(Long[]::new);
        return tx.preparedQuery(IssueSql.LOCK_LIMITED_SOURCES)
                .execute(Tuple.of(sources))
                .flatMap(limited -> limited.size() == 0
                        ? Uni.createFrom().item(candidates)
                        : withinLimits(tx, limited, candidates));
    }

    private static Uni<List<Candidate>> withinLimits(
            SqlConnection tx, RowSet<Row> limited, List<Candidate> candidates) {
        Map<Long, Integer> allowed =
                stream(limited).collect(Collectors.toMap(row -> row.getLong("id"), row -> row.getInteger("allowed")));
        return tx.preparedQuery(IssueSql.CONNECTIONS_IN_USE)
                .execute(Tuple.of(allowed.keySet().toArray(Long[]::new)))
                .map(rows -> new Admission(allowed, count(rows, "used"), count(rows, "held")).admit(candidates));
    }

    private static Map<Long, Integer> count(RowSet<Row> rows, String column) {
        return stream(rows).collect(Collectors.toMap(row -> row.getLong("id"), row -> row.getLong(column)
                .intValue()));
    }

    private static Uni<List<IssuedTask>> mark(SqlConnection tx, List<TaskAddress> tasks) {
        if (tasks.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return tx.preparedQuery(IssueSql.ISSUE).execute(TaskArrays.of(tasks)).flatMap(Issuer::assignments);
    }

    private static Uni<List<IssuedTask>> assignments(RowSet<Row> rows) {
        long size = stream(rows).mapToLong(Issuer::size).sum();
        return OffTheLoop.run(size, () -> stream(rows).flatMap(Issuer::readable).toList());
    }

    /** What a later version has stored is left to a replica of that version; it finds it when nobody confirms this issue. */
    private static Stream<IssuedTask> readable(Row row) {
        try {
            return Stream.of(assignment(row));
        } catch (UnreadableMessageException e) {
            if (!e.isNewer()) {
                throw new IllegalStateException("the spec of diff " + row.getLong("diff") + " cannot be read", e);
            }
            LOG.infof("Diff %d is left to a replica of a later version: %s", row.getLong("diff"), e.getMessage());
            return Stream.empty();
        }
    }

    private static long size(Row row) {
        return Stream.of("spec", "common", "body")
                .map(row::getString)
                .mapToLong(json -> json == null ? 0 : json.length())
                .sum();
    }

    private static IssuedTask assignment(Row row) throws UnreadableMessageException {
        TaskAddress address = address(row);
        int attempt = row.getInteger("attempt");
        SealedSource a = new SealedSource(row.getLong("a"), row.getString("a_sealed"), row.getInteger("a_allowed"));
        SealedSource b = new SealedSource(row.getLong("b"), row.getString("b_sealed"), row.getInteger("b_allowed"));
        SealedSource destination = row.getLong("c") == null
                ? null
                : new SealedSource(row.getLong("c"), row.getString("c_sealed"), row.getInteger("c_allowed"));
        return new IssuedTask(
                address,
                row.getOffsetDateTime("issued_at"),
                message(row, address, attempt, a, b, destination),
                null,
                row.getString("trace"));
    }

    private static Object message(
            Row row,
            TaskAddress address,
            int attempt,
            SealedSource a,
            SealedSource b,
            @Nullable SealedSource destination)
            throws UnreadableMessageException {
        if (!address.makesTasks()) {
            return new CompareTask(address, attempt, json(row, "common"), json(row, "body"), a, b, destination);
        }
        if (address.plans()) {
            return new Job.PlanDiff(
                    address,
                    attempt,
                    Codec.fromJson(json(row, "spec"), DiffSpec.class),
                    a,
                    b,
                    row.getString("keys_tally") == null ? null : value(row, "keys_tally", Tally.class),
                    destination);
        }
        return new Job.NextStage(address, attempt, json(row, "common"), value(row, "body", Residue.class), a, b);
    }

    private static <T> T value(Row row, String column, Class<T> type) {
        try {
            return MAPPER.treeToValue(json(row, column), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + column + " in the store cannot be read", e);
        }
    }

    private static JsonNode json(Row row, String column) {
        try {
            return MAPPER.readTree(row.getString(column));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + column + " in the store is no JSON", e);
        }
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
