package io.parallax.engine.plan.probe;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Probe;
import io.parallax.engine.dialect.ProbedFamily;
import io.parallax.engine.dialect.Probes;
import io.parallax.engine.row.BigEndian;
import io.parallax.engine.row.Row;
import io.parallax.engine.row.RowStream;
import io.parallax.engine.session.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a server makes of known values.
 *
 * @param proven the families that there were values of
 * @param failures what was not as it has to be
 * @param rowHashes of rows of single values, each by the names of two types and what the value is compared as
 * @param keyHashes the same of keys
 */
public record ServerProof(
        Set<ProbedFamily> proven,
        List<Failure> failures,
        Map<ProbedFamily, Map<ByteBuffer, ByteBuffer>> rowHashes,
        Map<ProbedFamily, Map<ByteBuffer, ByteBuffer>> keyHashes) {
    private static final ServerProof NOTHING = new ServerProof(Set.of(), List.of(), Map.of(), Map.of());

    public ServerProof {
        proven = Set.copyOf(proven);
        failures = List.copyOf(failures);
        rowHashes = Map.copyOf(rowHashes);
        keyHashes = Map.copyOf(keyHashes);
    }

    /**
     * Something that was not as it has to be.
     *
     * @param what it was, for who has to find out why
     */
    public record Failure(ProbedFamily family, Aspect aspect, String what) {}

    /**
     * Asks a server, in one trip.
     *
     * @param hash the id of one that it has offered; null for none
     */
    public static ServerProof of(Session session, @Nullable String hash) {
        return of(session, Dialects.of(session), hash);
    }

    /** The same as if it spoke that dialect. */
    public static ServerProof of(Session session, Dialect dialect, @Nullable String hash) {
        return of(session, dialect, dialect.probes().of(session), hash);
    }

    private static ServerProof of(Session session, Dialect dialect, List<Probe> probes, @Nullable String hash) {
        // One more: each is also asked for NULL.
        int rows = 1
                + probes.stream().mapToInt(probe -> probe.values().size()).max().orElse(0);
        ProbeStatement statement =
                new ProbeStatement(dialect.expressions(), dialect.probes().table(probes, rows));
        int place = statement.value(dialect.expressions().asInteger(Probes.ROW));
        Set<ProbedFamily> begun = EnumSet.noneOf(ProbedFamily.class);
        List<ProbeChecks> checks = probes.stream()
                .map(probe -> new ProbeChecks(probe, begun.add(probe.family()), dialect, hash, statement))
                .toList();
        return judged(checks, answers(session, statement, place, rows));
    }

    /**
     * Asks for each family by itself, as a session may be of no more use once a statement was refused.
     *
     * @param open a session
     */
    static ServerProof apart(Supplier<Session> open, @Nullable String hash) {
        Set<ProbedFamily> families = EnumSet.noneOf(ProbedFamily.class);
        try (Session session = open.get()) {
            Dialects.of(session).probes().of(session).forEach(probe -> families.add(probe.family()));
        }
        return families.stream().map(family -> apart(open, family, hash)).reduce(NOTHING, ServerProof::and);
    }

    /** What is refused with a hash may still be sent. */
    private static ServerProof apart(Supplier<Session> open, ProbedFamily family, @Nullable String hash) {
        Optional<ServerProof> whole = asked(open, family, hash);
        if (whole.isPresent()) {
            return whole.get();
        }
        Optional<ServerProof> sent = hash == null ? whole : asked(open, family, null);
        List<Failure> refused = Stream.of(Aspect.values())
                .filter(aspect -> sent.isEmpty() || aspect == Aspect.ROW_HASHES || aspect == Aspect.KEY_HASHES)
                .map(aspect -> new Failure(family, aspect, "refused"))
                .toList();
        return new ServerProof(Set.of(family), refused, Map.of(), Map.of()).and(sent.orElse(NOTHING));
    }

    private static Optional<ServerProof> asked(Supplier<Session> open, ProbedFamily family, @Nullable String hash) {
        try (Session session = open.get()) {
            Dialect dialect = Dialects.of(session);
            List<Probe> probes = dialect.probes().of(session).stream()
                    .filter(probe -> probe.family() == family)
                    .toList();
            return Optional.of(of(session, dialect, probes, hash));
        } catch (DiffFailedException e) {
            if (e.failure().type() == ErrorType.QUERY_ERROR) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Of other families. */
    private ServerProof and(ServerProof other) {
        return new ServerProof(
                union(proven, other.proven),
                Stream.concat(failures.stream(), other.failures.stream()).toList(),
                union(rowHashes, other.rowHashes),
                union(keyHashes, other.keyHashes));
    }

    private static Set<ProbedFamily> union(Set<ProbedFamily> some, Set<ProbedFamily> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
    }

    private static <T> Map<ProbedFamily, T> union(Map<ProbedFamily, T> some, Map<ProbedFamily, T> others) {
        Map<ProbedFamily, T> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    /** By row, as the database may send them in any order. */
    private static byte[][][] answers(Session session, ProbeStatement statement, int place, int rows) {
        byte[][][] answers = new byte[rows][][];
        try (RowStream sent = session.copy(statement.sql())) {
            for (RowStream.Fields fields = sent.next(); fields != null; fields = sent.next()) {
                byte[][] row = Row.of(fields, 0).fields(statement.columns());
                answers[Math.toIntExact(integer(row[place]))] = row;
            }
        }
        return answers;
    }

    static long integer(byte[] bytes) {
        return BigEndian.integer(bytes, 0, bytes.length);
    }

    private static ServerProof judged(List<ProbeChecks> checks, byte[][][] answers) {
        List<Failure> failures = new ArrayList<>();
        HashedValues rows = new HashedValues(Aspect.ROW_HASHES, failures);
        HashedValues keys = new HashedValues(Aspect.KEY_HASHES, failures);
        checks.forEach(check -> check.run(answers, failures, rows, keys));
        Set<ProbedFamily> proven =
                checks.stream().map(check -> check.probe().family()).collect(Collectors.toSet());
        return new ServerProof(proven, failures, rows.all(), keys.all());
    }

    /** Whether it is right about a family. */
    boolean holds(ProbedFamily family, Aspect aspect) {
        return proven.contains(family)
                && failures.stream().noneMatch(failure -> failure.family() == family && failure.aspect() == aspect);
    }

    /** Whether two servers hash alike what both were asked for. */
    boolean hashesLike(ServerProof other, ProbedFamily family, Aspect aspect) {
        Map<ByteBuffer, ByteBuffer> own = hashes(family, aspect);
        Map<ByteBuffer, ByteBuffer> others = other.hashes(family, aspect);
        return own.entrySet().stream()
                .allMatch(each -> each.getValue().equals(others.getOrDefault(each.getKey(), each.getValue())));
    }

    private Map<ByteBuffer, ByteBuffer> hashes(ProbedFamily family, Aspect aspect) {
        return (aspect == Aspect.ROW_HASHES ? rowHashes : keyHashes).getOrDefault(family, Map.of());
    }

    /** The hashes of values, equal ones of which must be the same, and others not. */
    static final class HashedValues {
        private static final int DIGEST_BYTES = 16;

        private final Aspect aspect;
        private final List<Failure> failures;
        private final Map<ProbedFamily, Map<ByteBuffer, ByteBuffer>> byValue = new HashMap<>();
        private final Map<ProbedFamily, Map<ByteBuffer, ByteBuffer>> byHash = new HashMap<>();

        HashedValues(Aspect aspect, List<Failure> failures) {
            this.aspect = aspect;
            this.failures = failures;
        }

        /**
         * Notes one.
         *
         * @param types by which hashes are set apart: values of others may have the same
         */
        void add(Probe probe, String types, byte @Nullable [] canonical, byte @Nullable [] hash) {
            ProbedFamily family = probe.family();
            if (hash == null) {
                failures.add(new Failure(family, aspect, "NULL, of " + probe.type()));
                return;
            }
            ByteBuffer value = ofTypes(types, canonical);
            ByteBuffer known = put(byValue, family, value, ByteBuffer.wrap(hash));
            ByteBuffer same = put(byHash, family, ofTypes(types, hash), value);
            if (known != null && !known.equals(ByteBuffer.wrap(hash))) {
                failures.add(new Failure(family, aspect, "two hashes of a value of " + probe.type()));
            }
            if (same != null && !same.equals(value)) {
                failures.add(new Failure(family, aspect, "two values of a hash of " + probe.type()));
            }
        }

        private static @Nullable ByteBuffer put(
                Map<ProbedFamily, Map<ByteBuffer, ByteBuffer>> all,
                ProbedFamily family,
                ByteBuffer key,
                ByteBuffer value) {
            return all.computeIfAbsent(family, unused -> new HashMap<>()).putIfAbsent(key, value);
        }

        /** NULL is like no value. */
        private static ByteBuffer ofTypes(String types, byte @Nullable [] bytes) {
            byte[] name = types.getBytes(StandardCharsets.UTF_8);
            ByteBuffer all = ByteBuffer.allocate(name.length + 2 + (bytes == null ? 0 : bytes.length));
            all.put(name).put((byte) 0).put((byte) (bytes == null ? 0 : 1));
            return (bytes == null ? all : all.put(bytes)).flip();
        }

        /** By digests of the values, as much is kept of many servers. */
        Map<ProbedFamily, Map<ByteBuffer, ByteBuffer>> all() {
            Map<ProbedFamily, Map<ByteBuffer, ByteBuffer>> all = new HashMap<>();
            byValue.forEach((family, hashes) -> {
                Map<ByteBuffer, ByteBuffer> digests = new HashMap<>();
                hashes.forEach((value, hash) -> digests.put(digest(value), hash));
                all.put(family, digests);
            });
            return all;
        }

        private static ByteBuffer digest(ByteBuffer value) {
            try {
                byte[] whole =
                        MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(value.array(), value.remaining()));
                return ByteBuffer.wrap(Arrays.copyOf(whole, DIGEST_BYTES));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
