package io.parallax.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that a client calls equal although they are not. Keys are never equal by these. Of {@link #NONE}, more by name.
 *
 * @param perColumn how far apart numbers of a column may be, by its name on side A
 * @param floats the same for columns of floats that {@code perColumn} does not name; null for not at all
 * @param secondDigits how many fractional digits of a second count, 0 to 6; null for all
 * @param ignoresCase whether texts may differ in case
 * @param emptyIsNull whether a text may be empty on one side and NULL on the other
 * @param sortedArrays columns whose arrays are equal in any order, by their names on side A; empty for all, null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EqualityRules(
        Map<String, Tolerance> perColumn,
        @Nullable Tolerance floats,
        @Nullable Integer secondDigits,
        boolean ignoresCase,
        boolean emptyIsNull,
        @Nullable List<String> sortedArrays) {
    /** Values are equal when they are. */
    public static final EqualityRules NONE = new EqualityRules(Map.of(), null, null, false, false, null);

    private static final int MOST_DIGITS = 6;

    public EqualityRules {
        perColumn = Map.copyOf(perColumn);
        sortedArrays = sortedArrays == null ? null : List.copyOf(sortedArrays);
        if (secondDigits != null && (secondDigits < 0 || secondDigits > MOST_DIGITS)) {
            throw new IllegalArgumentException("a second has 0 to " + MOST_DIGITS + " digits");
        }
    }

    public EqualityRules perColumn(Map<String, Tolerance> given) {
        return new EqualityRules(given, floats, secondDigits, ignoresCase, emptyIsNull, sortedArrays);
    }

    public EqualityRules floats(@Nullable Tolerance given) {
        return new EqualityRules(perColumn, given, secondDigits, ignoresCase, emptyIsNull, sortedArrays);
    }

    public EqualityRules secondDigits(@Nullable Integer given) {
        return new EqualityRules(perColumn, floats, given, ignoresCase, emptyIsNull, sortedArrays);
    }

    public EqualityRules ignoresCase(boolean given) {
        return new EqualityRules(perColumn, floats, secondDigits, given, emptyIsNull, sortedArrays);
    }

    public EqualityRules emptyIsNull(boolean given) {
        return new EqualityRules(perColumn, floats, secondDigits, ignoresCase, given, sortedArrays);
    }

    public EqualityRules sortedArrays(@Nullable List<String> given) {
        return new EqualityRules(perColumn, floats, secondDigits, ignoresCase, emptyIsNull, given);
    }

    /**
     * How far apart two numbers may be.
     *
     * @param value at least 0
     * @param relative true for {@code abs(A / B - 1) <= value}, where B = 0 takes A = 0; else {@code abs(A - B) <= value}
     */
    public record Tolerance(BigDecimal value, boolean relative) {
        public Tolerance {
            if (value.signum() < 0) {
                throw new IllegalArgumentException("a tolerance is at least 0");
            }
        }
    }
}
