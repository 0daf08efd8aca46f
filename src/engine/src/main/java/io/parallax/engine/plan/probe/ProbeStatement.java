package io.parallax.engine.plan.probe;

import io.parallax.engine.dialect.Expressions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One statement of many columns, none of which is computed twice. */
final class ProbeStatement {
    private final Expressions expressions;
    private final String from;
    private final Map<String, String> inner = new LinkedHashMap<>();
    private final Map<String, Integer> outer = new LinkedHashMap<>();

    /** {@code from}: what stands after FROM. */
    ProbeStatement(Expressions expressions, String from) {
        this.expressions = expressions;
        this.from = from;
    }

    /** The place in the result of an expression of a dialect's. */
    int value(String expression) {
        return column(name(expression));
    }

    /** The place in the result of a row's place by an expression, the same for rows that are equal by it. */
    int rank(String expression) {
        return column("rank() over (order by " + name(expression) + ")");
    }

    private String name(String expression) {
        return inner.computeIfAbsent(expressions.spelled(expression), unused -> "e" + inner.size());
    }

    private int column(String sql) {
        return outer.computeIfAbsent(sql, unused -> outer.size());
    }

    int columns() {
        return outer.size();
    }

    String sql() {
        List<String> named = new ArrayList<>();
        inner.forEach((sql, name) -> named.add(sql + " as " + name));
        return Stream.of(String.join(", ", outer.keySet()), named.stream().collect(Collectors.joining(", ")))
                .collect(Collectors.joining(" from (select ", "select ", " from " + from + ") q"));
    }
}
