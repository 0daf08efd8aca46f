package io.parallax.engine.dialect;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.type.DescribedDataset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All dialects that there are. */
public final class Dialects {
    /** Whose sides did not say what they speak. */
    private static final String OF_OLD_PLANS = "postgres";

    private static final List<Dialect> ALL = ServiceLoader.load(Dialect.class, Dialects.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Dialect::id))
            .toList();

    private Dialects() {}

    public static List<Dialect> all() {
        return ALL;
    }

    /**
     * The dialect that a plan names; null for one of a plan that names none.
     *
     * @throws DiffFailedException that hands the work back to other workers when this one does not know it
     */
    public static Dialect named(@Nullable String id) {
        String known = id == null ? OF_OLD_PLANS : id;
        return ALL.stream()
                .filter(dialect -> dialect.id().equals(known))
                .findFirst()
                .orElseThrow(() -> DiffFailedException.handingBack("This worker does not speak " + known + ".", null));
    }

    /** The name that a plan's side has for a dialect; null for the one that needs none. */
    public static @Nullable String nameInPlans(String id) {
        return id.equals(OF_OLD_PLANS) ? null : id;
    }

    public static Dialect of(Session session) {
        return named(session.dialect());
    }

    public static Dialect of(DescribedDataset dataset) {
        return named(dataset.dialect());
    }

    /**
     * The dialect of a source.
     *
     * @throws DiffFailedException when there is none
     */
    public static Dialect of(SourceDetails source) {
        return find(source)
                .orElseThrow(() -> new DiffFailedException(
                        ErrorType.UNSUPPORTED,
                        "Data sources of type " + source.type() + " cannot be compared yet; "
                                + ALL.stream()
                                        .map(dialect -> dialect.name() + " can (type "
                                                + dialect.sourceTypes().get(0) + ")")
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static Optional<Dialect> find(SourceDetails source) {
        return ALL.stream()
                .filter(dialect -> dialect.sourceTypes().contains(source.type()))
                .findFirst();
    }

    /** What is to be locked of a dataset; nothing where whoever opens the source says that it cannot be. */
    public static Locking locking(SourceDetails source, Dataset dataset) {
        return find(source).map(dialect -> dialect.locking(dataset)).orElse(Locking.NONE);
    }

    /** What a server of any dialect tells of itself. */
    public static Catalog catalog(Session session) {
        return of(session).catalog(session);
    }
}
