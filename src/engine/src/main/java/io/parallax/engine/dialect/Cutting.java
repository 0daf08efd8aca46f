package io.parallax.engine.dialect;

import io.parallax.engine.session.Session;
import io.parallax.engine.type.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a dialect knows about cutting work into parts. */
public interface Cutting {
    /** What the database thinks of reading a query's rows; nothing is read. */
    Estimate estimate(Session session, String query);

    /** What stands after a table's name to draw a share of its pages; nothing for all of them. */
    String sampled(double share);

    /**
     * The conditions that keep to some pages of a table.
     *
     * @param from the first page
     * @param to the first one after them; null for no end
     */
    List<String> pages(long from, @Nullable Long to);

    /** A bound made of a column's values, of a type that both sides order alike. */
    Bound bound(Column column, String type);

    /** The same of those values of a number that are 64-bit integers. */
    Bound integerBound(Column column);

    /** The same of a text; {@code unpadded}: without blanks at its end. */
    Bound textBound(Column column, boolean unpadded);

    /**
     * The places of keys in their order.
     *
     * @param keys each with a text for every bound
     * @param types of the bounds
     */
    List<Integer> order(Session session, List<List<String>> keys, List<String> types);

    /**
     * How values become bounds.
     *
     * @param value the expression
     * @param text the same as text
     * @param condition which values can be bounds
     */
    record Bound(String value, String text, String condition) {}

    /**
     * What a database thinks of a query.
     *
     * @param rows how many rows it expects, at least 0
     * @param cost in its own unit
     */
    record Estimate(double rows, double cost) {}
}
