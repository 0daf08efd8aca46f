package io.parallax.engine.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers of the row format: the highest byte first. */
public final class BigEndian {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    public static short int16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at);
    }

    public static int int32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    public static long int64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /** Of 2, 4 or 8 bytes. */
    public static long integer(byte[] bytes, int at, int length) {
        return switch (length) {
            case Long.BYTES -> int64(bytes, at);
            case Integer.BYTES -> int32(bytes, at);
            case Short.BYTES -> int16(bytes, at);
            default -> throw new IllegalStateException("an integer of " + length + " bytes");
        };
    }
}
