package io.parallax.endtoend.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.oracle.Column;
import io.parallax.oracle.Reader;
import io.parallax.oracle.Relation;
import io.parallax.oracle.draw.Dice;
import io.parallax.oracle.draw.Names;
import io.parallax.oracle.draw.Queries;
import io.parallax.oracle.draw.TablePair.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a request is.
 *
 * @param columns in the order that the dataset has
 * @param query null where it is asked for as a table
 * @param filter null for all rows
 */
record Input(Side table, List<Column> columns, @Nullable String query, @Nullable String filter) {
    private static final List<String> CONDITIONS = List.of(
            "md5(%1$s::text) < '8'",
            "md5(%1$s::text) < 'e' -- most of them",
            "%1$s IS NOT NULL",
            "%1$s IS NULL OR ';)--' <> '?'",
            "true /* ; */",
            "E'\\'' = %1$s::text OR length(%1$s::text) %% 7 <> 3",
            "(%1$s::text) IN (SELECT %1$s::text) OR 'a' || $$;)$$ IS NULL");

    /** {@code needed}: the columns that it must have. */
    static Input draw(Dice dice, Side side, Set<String> needed) {
        if (dice.chance(0.7)) {
            return new Input(side, side.columns(), null, null);
        }
        String dataset = side.view() ? Names.quoted(side.schema()) + ".\"the view\"" : side.qualified();
        if (dice.chance(0.5)) {
            return new Input(side, side.columns(), Queries.draw(dice, dataset, names(side.columns())), null);
        }
        List<Column> some = dice.<Column>shuffled(side.columns()).stream()
                .filter(column -> needed.contains(column.name()) || dice.chance(0.8))
                .toList();
        return new Input(side, some, Queries.some(dice, dataset, names(some)), null);
    }

    /** A condition on one of some columns. */
    static String condition(Dice dice, List<String> columns) {
        return dice.pick(CONDITIONS).formatted(Names.quoted(dice.pick(columns)));
    }

    Input filtered(@Nullable String condition) {
        return new Input(table, columns, query, condition);
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    List<String> names() {
        return names(columns);
    }

    Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** Asks for it. */
    void into(ObjectNode body, String side) {
        if (query == null) {
            table.path().forEach(body.putArray("table" + side)::add);
        } else {
            body.put("query" + side, query);
        }
        Stream.ofNullable(filter).forEach(condition -> body.put("filter" + side, condition));
    }

    /** Reads it whole, by no way that a request could go. */
    Relation read(Connection connection, List<String> conditions) throws SQLException {
        return Reader.read(connection, table.qualified(), columns, filter, conditions);
    }
}
