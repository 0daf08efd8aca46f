package io.parallax.endtoend.requests;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.oracle.Column;
import io.parallax.oracle.Family;
import io.parallax.oracle.Forgiveness;
import io.parallax.oracle.draw.Dice;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a request takes for equal besides.
 *
 * @param ofColumns the columns for which it is something else, by A's names
 */
record Rules(Forgiveness all, Map<String, Forgiveness> ofColumns) {
    static final Rules NONE = new Rules(Forgiveness.NONE, Map.of());

    private static final List<String> DISTANCES = List.of("0", "0.001", "0.01", "0.1", "0.5", "1", "2", "1000", "1e20");

    /**
     * Draws some, and asks for them.
     *
     * @param values columns of A besides the key
     * @param compared those of them that are compared
     */
    static Rules draw(Dice dice, ObjectNode body, List<Column> values, List<String> compared) {
        Forgiveness all = forAll(dice, body);
        Map<String, Forgiveness> ofColumns = new HashMap<>();
        List<Column> arrays = values.stream()
                .filter(column -> compared.contains(column.name()) && isSortable(column))
                .toList();
        if (!all.anyArrayOrder() && !arrays.isEmpty() && dice.chance(0.5)) {
            Column array = dice.pick(arrays);
            body.putArray("sort_array_columns").add(array.name());
            ofColumns.put(array.name(), Forgiveness.NONE.inAnyArrayOrder());
        }
        List<Column> numbers = values.stream()
                .filter(column -> column.type().family() == Family.NUMBER)
                .toList();
        if (!numbers.isEmpty() && dice.chance(0.5)) {
            ArrayNode tolerances = body.putArray("diff_tolerances_per_column");
            for (Column column : dice.<Column>shuffled(numbers).subList(0, dice.between(1, numbers.size()))) {
                ofColumns.put(column.name(), tolerance(dice, tolerances.addObject(), column));
            }
        }
        return new Rules(all, ofColumns);
    }

    private static Forgiveness forAll(Dice dice, ObjectNode body) {
        BigDecimal distance = dice.chance(0.4) ? new BigDecimal(dice.pick(DISTANCES)) : null;
        boolean relative = distance != null && dice.chance(0.5);
        Integer digits = dice.chance(0.4) ? (Integer) dice.between(0, 6) : null;
        boolean anyCase = dice.chance(0.4);
        boolean emptyIsNull = dice.chance(0.4);
        boolean anyArrayOrder = dice.chance(0.3);
        if (distance != null) {
            body.put("diff_tolerance", distance);
            if (relative || dice.chance(0.3)) {
                body.put("tolerance_mode", relative ? "relative" : "absolute");
            }
        }
        if (digits != null) {
            body.put("datetime_tolerance", digits);
        }
        if (anyCase || emptyIsNull) {
            ArrayNode modifiers = body.putArray("table_modifiers");
            Stream.of(anyCase ? "case_insensitive_strings" : "", emptyIsNull ? "null_equals_empty_string" : "")
                    .filter(word -> !word.isEmpty())
                    .forEach(modifiers::add);
        }
        if (anyArrayOrder) {
            body.put("sort_array_columns", true);
        }
        return new Forgiveness(distance, relative, false, digits, anyCase, emptyIsNull, anyArrayOrder);
    }

    private static boolean isSortable(Column column) {
        return column.type().element() != null && column.type().element().family() != Family.OTHER;
    }

    private static Forgiveness tolerance(Dice dice, ObjectNode tolerance, Column column) {
        BigDecimal distance = new BigDecimal(dice.pick(DISTANCES));
        boolean relative = dice.chance(0.5);
        tolerance.put("column_name", column.name()).put("tolerance_value", distance);
        if (relative || dice.chance(0.3)) {
            tolerance.put("tolerance_mode", relative ? "relative" : "absolute");
        }
        return new Forgiveness(distance, relative, true, null, false, false, false);
    }

    boolean areNone() {
        return equals(NONE);
    }
}
