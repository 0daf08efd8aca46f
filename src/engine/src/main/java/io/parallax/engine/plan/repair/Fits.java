package io.parallax.engine.plan.repair;

import io.parallax.contract.message.Target.Limits;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.TableFacts.Field;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which values of the other side a column takes as they are.
 *
 * @param other null where the other side is no table
 * @param encoding whose characters alone it takes; null for any
 */
record Fits(Field own, ColumnType ownType, @Nullable Field other, ColumnType otherType, @Nullable String encoding) {
    private static final int MODIFIER_HEADER = 4;
    private static final int SCALE_BITS = 0x7ff;
    private static final int SCALE_SIGN = 1024;
    private static final int PRECISION_SHIFT = 16;
    private static final int LONGEST_NAME = 63;
    private static final List<String> INTEGERS = List.of("int2", "int4", "int8");
    private static final List<String> ANY_TEXT = List.of("text", "varchar", "citext");

    /** Empty where that cannot be told by a value alone. */
    Optional<Limits> limits() {
        String texts = encoding;
        Optional<Limits> ofType = texts == null ? ofType() : ofType().map(limits -> limits.in(texts));
        boolean required = own.notNull() && (other == null || !other.notNull());
        return required ? ofType.map(Limits::ofRequired) : ofType;
    }

    private Optional<Limits> ofType() {
        if (!own.checks().isEmpty() && (other == null || !own.checks().equals(other.checks()))) {
            return Optional.empty();
        }
        if (ownType.name().equals("enum")) {
            return labels();
        }
        if (other != null && own.plainType().equals(other.plainType())) {
            return Optional.of(Limits.NONE);
        }
        return switch (ownType.family()) {
            case BOOLEAN, DATE, UUID, BINARY -> Optional.of(Limits.NONE);
            case NUMBER -> Optional.of(number());
            case TEXT -> text();
            case TIMESTAMP, TIMESTAMPTZ, TIME -> Optional.of(
                    isBare() ? Limits.NONE : Limits.ofFraction(own.modifier()));
            case JSON -> Optional.of(
                    ownType.name().equals("jsonb") && !otherType.name().equals("jsonb")
                            ? Limits.ofPlainJson()
                            : Limits.NONE);
            case ARRAY -> takesElements() ? Optional.of(Limits.NONE) : Optional.empty();
            case INTERVAL -> isBare() ? Optional.of(Limits.NONE) : Optional.empty();
            case OTHER -> isBare()
                            && ownType.isLike(otherType)
                            && !ownType.name().equals("other")
                    ? Optional.of(Limits.NONE)
                    : Optional.empty();
        };
    }

    private boolean isBare() {
        return own.modifier() < 0;
    }

    private Optional<Limits> labels() {
        List<String> labels = own.labels();
        if (labels == null) {
            return Optional.empty();
        }
        boolean all = other != null && other.labels() != null && labels.containsAll(other.labels());
        return Optional.of(all ? Limits.NONE : Limits.ofLabels(labels));
    }

    private Limits number() {
        if (ownType.isInteger()) {
            boolean wider =
                    otherType.isInteger() && INTEGERS.indexOf(ownType.name()) >= INTEGERS.indexOf(otherType.name());
            return wider
                    ? Limits.NONE
                    : Limits.ofInteger(
                            Byte.SIZE * Integer.parseInt(ownType.name().substring(3)));
        }
        if (ownType.isFloat()) {
            return ownType.name().equals("float8") || otherType.name().equals("float4")
                    ? Limits.NONE
                    : Limits.ofSingle();
        }
        if (isBare()) {
            return otherType.isInteger() ? Limits.NONE : Limits.ofFinite();
        }
        int modifier = own.modifier() - MODIFIER_HEADER;
        int scale = ((modifier & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN;
        return Limits.ofDecimal((modifier >> PRECISION_SHIFT & 0xFFFF) - scale, scale);
    }

    private Optional<Limits> text() {
        Integer length = isBare() ? null : own.modifier() - MODIFIER_HEADER;
        return switch (ownType.name()) {
            case "varchar" -> Optional.of(length == null ? Limits.NONE : Limits.ofText(length, null, null));
            case "bpchar" -> Optional.of(
                    Limits.ofText(length, null, otherType.name().equals("bpchar") ? null : true));
            case "name" -> Optional.of(Limits.ofText(null, LONGEST_NAME, null));
            case "char" -> Optional.empty();
            default -> Optional.of(Limits.NONE);
        };
    }

    private boolean takesElements() {
        ColumnType ownElement = Objects.requireNonNull(ownType.element());
        ColumnType otherElement = Objects.requireNonNull(otherType.element());
        if (!isBare()) {
            return false;
        }
        return switch (ownElement.family()) {
            case NUMBER -> ownElement.name().equals("float8")
                    || (ownElement.name().equals("numeric") && !otherElement.isFloat())
                    || (ownElement.isInteger()
                            && otherElement.isInteger()
                            && INTEGERS.indexOf(ownElement.name()) >= INTEGERS.indexOf(otherElement.name()));
            case TEXT -> ANY_TEXT.contains(ownElement.name());
            case OTHER, ARRAY -> false;
            default -> ownElement.isLike(otherElement);
        };
    }
}
