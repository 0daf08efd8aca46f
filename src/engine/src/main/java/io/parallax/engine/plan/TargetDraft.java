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
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the datasets of a diff could be written to. */
record TargetDraft(DiffSpec spec, SessionPair.Both<DescribedDataset> datasets, SchemaMatch match) {
    Targets targets(SessionPair pair) {
        SessionPair.Both<Set<String>> computed =
                pair.both(session -> computed(session, spec.a()), session -> computed(session, spec.b()));
        return new Targets(
                target(spec.a(), datasets.a(), computed.a(), ColumnPair::a, ColumnPair::b),
                target(spec.b(), datasets.b(), computed.b(), ColumnPair::b, ColumnPair::a));
    }

    private static Set<String> computed(Session session, Dataset dataset) {
        return dataset.table() == null ? Set.of() : new Catalog(session).computed(dataset.table());
    }

    private @Nullable Target target(
            Dataset dataset,
            DescribedDataset described,
            Set<String> computed,
            Function<ColumnPair, Column> own,
            Function<ColumnPair, Column> other) {
        if (dataset.table() == null) {
            return null;
        }
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
