package io.parallax.engine.plan.repair;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.TimeClip;
import io.parallax.contract.message.Target;
import io.parallax.contract.message.Target.Limits;
import io.parallax.contract.message.Target.Obstacle;
import io.parallax.contract.message.Target.Operation;
import io.parallax.contract.message.Targets;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.SchemaMatch;
import io.parallax.engine.type.TableFacts;
import io.parallax.engine.type.TableFacts.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the datasets of a diff could be written to. */
public record TargetDraft(
        DiffSpec spec, SessionPair.Both<DescribedDataset> datasets, SchemaMatch match, boolean oneDatabase) {
    public Targets targets(SessionPair pair) {
        SessionPair.Both<Optional<TableFacts>> facts =
                pair.both(session -> facts(session, spec.a()), session -> facts(session, spec.b()));
        TableFacts a = facts.a().orElse(null);
        TableFacts b = facts.b().orElse(null);
        SessionPair.Both<Map<String, String>> settings = pair.both(
                session -> Dialects.catalog(session).settingsOfFilter(spec.a()),
                session -> Dialects.catalog(session).settingsOfFilter(spec.b()));
        return new Targets(
                a == null
                        ? null
                        : target(
                                datasets.a(),
                                new Written(match, ColumnPair::a, ColumnPair::b, a, b),
                                settings.a(),
                                false),
                b == null
                        ? null
                        : target(
                                datasets.b(),
                                new Written(match, ColumnPair::b, ColumnPair::a, b, a),
                                settings.b(),
                                true));
    }

    /** Empty for what cannot be written to. */
    private static Optional<TableFacts> facts(Session session, Dataset dataset) {
        return dataset.table() == null
                ? Optional.empty()
                : Dialects.catalog(session).writing(dataset.table());
    }

    private Target target(DescribedDataset described, Written written, Map<String, String> settings, boolean ofB) {
        String filter = described.filter();
        Values values = Dialects.of(described).values();
        Obstacles obstacles = new Obstacles(written.facts(), written.others(), written, oneDatabase, filter != null);
        Filtered filtered = filtered(written, ofB);
        filtered.obstacles().forEach(obstacles::add);
        return new Target(
                described.from(),
                filter == null ? null : Dialects.of(described).expressions().asWritten(filter),
                match.key().stream()
                        .map(pair -> column(pair, written, values, true))
                        .toList(),
                match.compared().stream()
                        .map(pair -> column(pair, written, values, false))
                        .toList(),
                orNull(obstacles.found()),
                orNull(obstacles.unique()),
                filtered.mayBeLeft() ? true : null,
                settings.isEmpty() ? null : settings,
                Dialects.nameInPlans(described.dialect()));
    }

    private static <T> @Nullable List<T> orNull(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    private static Target.Column column(ColumnPair pair, Written written, Values values, boolean ofKey) {
        Column own = written.own().apply(pair);
        Values.ShownColumn shown = values.shown(own, written.other().apply(pair));
        boolean computed =
                written.facts().column(own.name()).map(Field::computed).isPresent();
        Limits limits = written.limits(own.name()).orElse(Limits.NONE);
        return new Target.Column(
                shown.name(),
                shown.form(),
                ofKey ? shown.isShown() : List.of(),
                computed ? true : null,
                computed || limits.equals(Limits.NONE) ? null : limits);
    }

    private Filtered filtered(Written written, boolean ofB) {
        TimeClip clip = spec.clip();
        String time = clip == null ? null : ofB ? spec.nameOnB(clip.column()) : clip.column();
        return new Filtered(written, (ofB ? spec.b() : spec.a()).filter(), (ofB ? spec.a() : spec.b()).filter(), time);
    }

    /**
     * What rows of a filtered table have to meet.
     *
     * @param own null for no filter
     * @param other the other side's; likewise
     * @param time the column of a time interval; null for none
     */
    private record Filtered(Written written, @Nullable String own, @Nullable String other, @Nullable String time) {
        private List<String> mentioned() {
            Predicate<String> isMentioned = name -> name.equals(time) || (own != null && Mentions.of(own, name));
            return written.facts().columns().stream()
                    .map(Field::name)
                    .filter(isMentioned)
                    .toList();
        }

        /** Whether rows of the other side meet it as well. */
        private boolean isSame() {
            return own == null
                    || (own.equals(other)
                            && written.facts().columns().stream()
                                    .map(Field::name)
                                    .filter(name -> Mentions.of(own, name))
                                    .allMatch(written::isSame));
        }

        boolean mayBeLeft() {
            return own != null && !isSame();
        }

        List<Obstacle> obstacles() {
            List<String> hidden =
                    mentioned().stream().filter(name -> !written.has(name)).toList();
            if (hidden.isEmpty()) {
                return List.of();
            }
            String reason = "Whether rows belong to the diff depends on " + String.join(", ", hidden)
                    + ", which is not compared.";
            return Stream.of(
                            new Obstacle(List.of(Operation.INSERT), null, reason),
                            new Obstacle(List.of(Operation.UPDATE), written.compared(mentioned()), reason))
                    .filter(obstacle ->
                            obstacle.columns() == null || !obstacle.columns().isEmpty())
                    .toList();
        }
    }
}
