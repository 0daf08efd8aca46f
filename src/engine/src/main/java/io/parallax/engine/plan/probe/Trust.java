package io.parallax.engine.plan.probe;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.OfferedHash;
import io.parallax.engine.dialect.ProbedFamily;
import io.parallax.engine.session.KnownServers;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.SchemaMatch;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of a diff can be left to the servers of its sides, as they have proven. What cannot is never compared wrongly. */
public final class Trust {
    private final @Nullable String hash;
    private final ServerProof a;
    private final ServerProof b;
    private final SchemaMatch match;

    public Trust(@Nullable String hash, ServerProof a, ServerProof b, SchemaMatch match) {
        this.hash = hash;
        this.a = a;
        this.b = b;
        this.match = match;
    }

    /**
     * That of a diff. Servers that were asked before are not asked again.
     *
     * @param samples whether only the values of some keys are compared
     * @param writes whether rows are written to a table, those of repeated keys too
     * @throws DiffFailedException when one of its columns cannot be compared
     * @throws UnprovenServerException when a server does not take the statement that asks; see {@link #learnApart}
     */
    public static Trust of(KnownServers known, SessionPair pair, SchemaMatch match, boolean samples, boolean writes) {
        SessionPair.Both<List<OfferedHash>> hashes = each(pair, session -> offered(known, session));
        Optional<String> hash = OfferedHash.firstShared(hashes.a(), hashes.b());
        SessionPair.Both<ServerProof> proofs = each(pair, session -> proof(known, session, hash.orElse(null)));
        Trust trust = new Trust(hash.orElse(null), proofs.a(), proofs.b(), match);
        trust.requireSent(proofs.a(), ColumnPair::a, ColumnPair::b, "Side A");
        trust.requireSent(proofs.b(), ColumnPair::b, ColumnPair::a, "Side B");
        if (samples) {
            trust.requireKeys(Aspect.KEY_HASHES, "the sampling options");
        }
        if (writes) {
            trust.requireKeys(Aspect.EQUAL_KEYS, "the table of rows that differ");
        }
        return trust;
    }

    /** Asks one server once, though it be both sides'. */
    private static <T> SessionPair.Both<T> each(SessionPair pair, Function<Session, T> question) {
        boolean isOne = pair.a().server().equals(pair.b().server())
                && pair.a().dialect().equals(pair.b().dialect());
        if (!isOne) {
            return pair.both(question);
        }
        T answer = question.apply(pair.a());
        return new SessionPair.Both<>(answer, answer);
    }

    private void requireKeys(Aspect aspect, String without) {
        Optional<ColumnPair> wrong = hash == null
                ? match.key().stream().findFirst()
                : match.key().stream().filter(pair -> !hold(pair, aspect)).findFirst();
        wrong.ifPresent(pair -> {
            throw new DiffFailedException(
                    ErrorType.UNSUPPORTED,
                    "The key " + pair.name() + " of type " + pair.a().type().name()
                            + " cannot be used here, as the two servers do not tell such keys apart alike; choose other"
                            + " columns with pk_columns, or do without " + without + ".");
        });
    }

    /**
     * Asks the server that refused for one family after the other, each in a session of its own, as it refuses to answer for all of them.
     *
     * @param open a session on one of the diff's, which may be another
     */
    public static void learnApart(KnownServers known, UnprovenServerException refused, Supplier<Session> open) {
        String server;
        String dialect;
        try (Session session = open.get()) {
            server = session.server();
            dialect = session.dialect();
        }
        if (!server.equals(refused.server())) {
            return;
        }
        known.of(server, new ProofOf(dialect, refused.hash()), () -> ServerProof.apart(open, refused.hash()));
    }

    private record HashesOf(String dialect) {}

    private record ProofOf(String dialect, @Nullable String hash) {}

    private static List<OfferedHash> offered(KnownServers known, Session session) {
        return known.of(session.server(), new HashesOf(session.dialect()), () -> Dialects.of(session)
                .fingerprints()
                .offered(session));
    }

    private static ServerProof proof(KnownServers known, Session session, @Nullable String hash) {
        return known.of(session.server(), new ProofOf(session.dialect(), hash), () -> {
            try {
                return ServerProof.of(session, hash);
            } catch (DiffFailedException e) {
                throw e.failure().type() == ErrorType.QUERY_ERROR
                        ? new UnprovenServerException(session.server(), hash, e)
                        : e;
            }
        });
    }

    private void requireSent(
            ServerProof proof, Function<ColumnPair, Column> own, Function<ColumnPair, Column> other, String side) {
        match.key()
                .forEach(pair -> require(
                        proof,
                        Aspect.KEYS,
                        own.apply(pair),
                        other.apply(pair),
                        "choose other columns with pk_columns, or compare a query that casts it to another type",
                        side));
        match.compared()
                .forEach(pair -> require(
                        proof,
                        Aspect.VALUES,
                        own.apply(pair),
                        other.apply(pair),
                        "leave it out with exclude_columns, or compare a query that casts it to another type",
                        side));
    }

    private static void require(
            ServerProof proof, Aspect aspect, Column own, Column other, String advice, String side) {
        ProbedFamily family = ProbedFamily.of(own.type(), other.type());
        if (!proof.holds(family, aspect)) {
            throw new DiffFailedException(
                            ErrorType.UNSUPPORTED,
                            "The column " + own.name() + " of type "
                                    + own.type().name()
                                    + " cannot be compared, as this server does not send " + family.words()
                                    + " the way that it should; " + advice + ".")
                    .at(side);
        }
    }

    /** The hash that both servers have; null where they have none in common. */
    public @Nullable String hash() {
        return hash;
    }

    /** Whether hashes of rows, and of keys, say what they should, so that not all rows have to be read. */
    public boolean hashes() {
        return hash != null && streamed().isEmpty();
    }

    /** Whether a database may tell itself which values of both sides are the same. */
    public boolean tellsApart() {
        return match.compared().stream().allMatch(pair -> hold(pair, Aspect.EQUAL_KEYS));
    }

    /** The columns whose hashes do not say what they should. */
    private List<String> streamed() {
        return Stream.concat(
                        match.key().stream()
                                .filter(pair -> !hold(pair, Aspect.EQUAL_KEYS)
                                        || !hold(pair, Aspect.KEY_HASHES)
                                        || !hold(pair, Aspect.ROW_HASHES)),
                        match.compared().stream().filter(pair -> !hold(pair, Aspect.ROW_HASHES)))
                .map(ColumnPair::name)
                .toList();
    }

    private boolean hold(ColumnPair pair, Aspect aspect) {
        ProbedFamily family = ProbedFamily.of(pair.a().type(), pair.b().type());
        return a.holds(family, aspect)
                && b.holds(family, aspect)
                && switch (aspect) {
                    case ROW_HASHES, KEY_HASHES -> a.hashesLike(b, family, aspect);
                    default -> true;
                };
    }

    /** What who reads the diff must know. */
    public Stream<String> sentences() {
        if (hash == null) {
            return Stream.of("All rows were read and compared one by one, as the two servers have no hash in common.");
        }
        List<String> columns = streamed();
        return columns.isEmpty()
                ? Stream.empty()
                : Stream.of("All rows were read and compared one by one, as hashes of "
                        + columns.stream().collect(Collectors.joining(", ")) + " cannot be relied on.");
    }
}
