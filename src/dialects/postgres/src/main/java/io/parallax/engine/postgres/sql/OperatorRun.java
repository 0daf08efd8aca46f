package io.parallax.engine.postgres.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An expression on its way: operands, and the operators between them, which are spelled out. */
final class OperatorRun {
    private static final Map<String, Integer> STRENGTHS = Map.ofEntries(
            Map.entry("^", 7),
            Map.entry("*", 6),
            Map.entry("/", 6),
            Map.entry("%", 6),
            Map.entry("+", 5),
            Map.entry("-", 5),
            Map.entry("<", 2),
            Map.entry(">", 2),
            Map.entry("=", 2),
            Map.entry("<=", 2),
            Map.entry(">=", 2),
            Map.entry("<>", 2),
            Map.entry("!=", 2));
    private static final int OTHER_STRENGTH = 4;

    private final List<Term> operands = new ArrayList<>();
    private final List<String> operators = new ArrayList<>();

    void add(Term operand) {
        operands.add(operand);
    }

    void add(String operator) {
        operators.add(operator);
    }

    boolean isEmpty() {
        return operands.isEmpty();
    }

    boolean wantsOperand() {
        return operands.size() == operators.size();
    }

    /** By the operators' strengths, from left to right among equals. */
    String sql() {
        List<Term> left = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            left.add(operands.get(i));
            String next = i < operators.size() ? operators.get(i) : null;
            while (!waiting.isEmpty() && (next == null || strength(last(waiting)) >= strength(next))) {
                Term right = left.remove(left.size() - 1);
                Term other = left.remove(left.size() - 1);
                left.add(joined(other, waiting.remove(waiting.size() - 1), right));
            }
            if (next != null) {
                waiting.add(next);
            }
        }
        return left.isEmpty() ? "" : left.get(0).sql();
    }

    private static String last(List<String> operators) {
        return operators.get(operators.size() - 1);
    }

    private static int strength(String operator) {
        return STRENGTHS.getOrDefault(operator, OTHER_STRENGTH);
    }

    private static Term joined(Term left, String operator, Term right) {
        return new Term(left.sql() + " " + spelled(operator) + " " + right.closed(), true);
    }

    static String spelled(String operator) {
        return "OPERATOR(" + OwnSql.SCHEMA + (operator.equals("!=") ? "<>" : operator) + ")";
    }

    /** Part of an expression: an operand, or two of them with an operator between. */
    record Term(String sql, boolean isCompound) {
        String closed() {
            return isCompound ? "(" + sql + ")" : sql;
        }
    }
}
