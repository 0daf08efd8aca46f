package io.parallax.engine.type;

import java.util.Locale;

/** What the bytes of a sent column mean in the row format. */
public enum WireForm {
    INT2(Order.SIGNED),
    INT4(Order.SIGNED),
    INT8(Order.SIGNED),
    DATE(Order.SIGNED),
    TIMESTAMP(Order.SIGNED),
    TIMESTAMPTZ(Order.SIGNED),
    TIME(Order.SIGNED),
    BOOL(Order.BYTES),
    UUID(Order.BYTES),
    BYTEA(Order.BYTES),
    /** In UTF-8. */
    TEXT(Order.BYTES),
    NUMERIC(Order.NONE),
    FLOAT8(Order.NONE);

    /** How the bytes of two values compare. */
    public enum Order {
        /** As signed big-endian integers of one length. */
        SIGNED,
        /** As unsigned bytes; a prefix comes first. */
        BYTES,
        /** They do not. */
        NONE
    }

    private final Order order;

    WireForm(Order order) {
        this.order = order;
    }

    public Order order() {
        return order;
    }

    /** The type itself. */
    public String type() {
        return name().toLowerCase(Locale.ROOT);
    }
}
