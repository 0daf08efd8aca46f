package io.parallax.engine.plan.repair;

import io.parallax.contract.message.Target.Limits;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.Repertoire;
import io.parallax.engine.type.SchemaMatch;
import io.parallax.engine.type.TableFacts;
import io.parallax.engine.type.TableFacts.Field;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one side that are written, and those of the other side that their values come from.
 *
 * @param facts of its table
 * @param others of the other side's; null where it is no table
 */
record Written(
        SchemaMatch match,
        Function<ColumnPair, Column> own,
        Function<ColumnPair, Column> other,
        TableFacts facts,
        @Nullable TableFacts others) {
    private Optional<ColumnPair> pair(String name) {
        return Stream.concat(match.key().stream(), match.compared().stream())
                .filter(pair -> own.apply(pair).name().equals(name))
                .findFirst();
    }

    boolean has(String name) {
        return pair(name).isPresent();
    }

    /** By what name people know it. */
    String name(String name) {
        return pair(name).map(ColumnPair::name).orElse(name);
    }

    /** The key's. */
    List<String> key() {
        return match.key().stream().map(pair -> own.apply(pair).name()).toList();
    }

    /** Those of them that are compared, by the names that people know. */
    List<String> compared(List<String> names) {
        return match.compared().stream()
                .filter(pair -> names.contains(own.apply(pair).name()))
                .map(ColumnPair::name)
                .toList();
    }

    /** The other side's names for them. */
    List<String> others(List<String> names) {
        return names.stream()
                .flatMap(name -> pair(name).stream())
                .map(pair -> other.apply(pair).name())
                .toList();
    }

    /** Where its values come from, if that is a column of a table. */
    Optional<Field> other(String name) {
        TableFacts table = others;
        return table == null || !table.knownTable() || (table.isView() && !table.sameColumns())
                ? Optional.empty()
                : pair(name).flatMap(pair -> table.column(other.apply(pair).name()));
    }

    /** Whether both sides have it, by the same name and of the same type. */
    boolean isSame(String name) {
        Optional<String> type = facts.column(name).map(Field::plainType);
        Optional<Field> theirs = other(name);
        return theirs.isPresent()
                && theirs.get().name().equals(name)
                && theirs.map(Field::plainType).equals(type);
    }

    /** Whether the database's own = may see it in another way than we do. */
    boolean isUncommon(String name) {
        Family family = pair(name).map(pair -> own.apply(pair).type().family()).orElse(Family.OTHER);
        return family == Family.OTHER || family == Family.ARRAY || family == Family.INTERVAL;
    }

    /** Which values it takes; empty where that cannot be told. */
    Optional<Limits> limits(String name) {
        return pair(name).flatMap(pair -> facts.column(name).flatMap(field -> new Fits(
                        field,
                        own.apply(pair).type(),
                        other(name).orElse(null),
                        other.apply(pair).type(),
                        encoding(pair))
                .limits()));
    }

    /** Null where both sides' texts are of UTF-8; one that has all characters where both sides' is the same. */
    private @Nullable String encoding(ColumnPair pair) {
        boolean any = own.apply(pair).type().repertoire() == Repertoire.ANY
                && other.apply(pair).type().repertoire() == Repertoire.ANY;
        if (any) {
            return null;
        }
        return others != null && others.encoding().equals(facts.encoding()) ? "UTF8" : facts.encoding();
    }
}
