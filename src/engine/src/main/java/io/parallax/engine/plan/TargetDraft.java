package io.parallax.engine.plan;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.message.Target;
import io.parallax.contract.message.Targets;
import io.parallax.engine.postgres.Catalog;
import io.parallax.engine.postgres.Writing;
import io.parallax.engine.schema.Column;
import io.parallax.engine.schema.ColumnPair;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.schema.SchemaMatch;
import io.parallax.engine.source.Session;
import io.parallax.engine.source.SessionPair;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** How the datasets of a diff could be written to. */
record TargetDraft(DiffSpec spec, SessionPair.Both<DescribedDataset> datasets, SchemaMatch match) {
    Targets targets(SessionPair pair) {
        SessionPair.Both<Optional<Set<String>>> computed =
                pair.both(session -> computed(session, spec.a()), session -> computed(session, spec.b()));
        return new Targets(
                computed.a()
                        .map(names -> target(datasets.a(), names, ColumnPair::a, ColumnPair::b))
                        .orElse(null),
                computed.b()
                        .map(names -> target(datasets.b(), names, ColumnPair::b, ColumnPair::a))
                        .orElse(null));
    }

    /** Columns that the database computes; empty for what cannot be written to. */
    private static Optional<Set<String>> computed(Session session, Dataset dataset) {
        return dataset.table() == null ? Optional.empty() : new Catalog(session).computed(dataset.table());
    }

    private Target target(
            DescribedDataset described,
            Set<String> computed,
            Function<ColumnPair, Column> own,
            Function<ColumnPair, Column> other) {
        return new Target(
                described.from(),
                described.filter(),
                match.key().stream()
                        .map(pair -> column(own.apply(pair), other.apply(pair), computed, true))
                        .toList(),
                match.compared().stream()
                        .map(pair -> column(own.apply(pair), other.apply(pair), computed, false))
                        .toList());
    }

    private static Target.Column column(Column own, Column other, Set<String> computed, boolean ofKey) {
        Writing writing = new Writing(own, other);
        return new Target.Column(
                writing.name(),
                writing.form(),
                ofKey ? writing.isShown() : List.of(),
                computed.contains(own.name()) ? true : null);
    }
}
