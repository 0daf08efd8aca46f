package io.parallax.engine.row;

import io.parallax.engine.type.WireForm;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fetched row: the key's fields, then the values', each as its length and its bytes. */
public final class Row {
    private static final int NULL = -1;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private final int values;

    private Row(byte[] bytes, int start, int end, int values) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.values = values;
    }

    public static Row of(RowStream.Fields fields, int keyColumns) {
        int values = fields.start();
        for (int column = 0; column < keyColumns; column++) {
            values = next(fields.bytes(), values);
        }
        return new Row(fields.bytes(), fields.start(), fields.end(), values);
    }

    /** Where the field after this one begins. */
    public static int next(byte[] bytes, int field) {
        return field + Integer.BYTES + Math.max(0, BigEndian.int32(bytes, field));
    }

    /** Compares the keys of two rows; neither has a NULL in it. */
    public static int compareKeys(Row one, Row other, List<WireForm> key) {
        int fieldOne = one.start;
        int fieldOther = other.start;
        for (WireForm form : key) {
            int order = compare(one.bytes, fieldOne, other.bytes, fieldOther, form);
            if (order != 0) {
                return order;
            }
            fieldOne = next(one.bytes, fieldOne);
            fieldOther = next(other.bytes, fieldOther);
        }
        return 0;
    }

    private static int compare(byte[] one, int fieldOne, byte[] other, int fieldOther, WireForm form) {
        int lengthOne = BigEndian.int32(one, fieldOne);
        int lengthOther = BigEndian.int32(other, fieldOther);
        int from = fieldOne + Integer.BYTES;
        int fromOther = fieldOther + Integer.BYTES;
        if (form.order() == WireForm.Order.SIGNED) {
            return Long.compare(
                    BigEndian.integer(one, from, lengthOne), BigEndian.integer(other, fromOther, lengthOther));
        }
        return Arrays.compareUnsigned(one, from, from + lengthOne, other, fromOther, fromOther + lengthOther);
    }

    /** The values' fields, as bytes that equal values share. */
    public ByteBuffer values() {
        return ByteBuffer.wrap(bytes, values, end - values).slice();
    }

    /** Whether all values of both rows are equal. */
    public boolean sameValues(Row other) {
        return Arrays.equals(bytes, values, end, other.bytes, other.values, other.end);
    }

    /** {@code true} for each value that differs. */
    public boolean[] differences(Row other, int valueColumns) {
        boolean[] differs = new boolean[valueColumns];
        int field = values;
        int fieldOther = other.values;
        for (int column = 0; column < valueColumns; column++) {
            int next = next(bytes, field);
            int nextOther = next(other.bytes, fieldOther);
            differs[column] = !Arrays.equals(bytes, field, next, other.bytes, fieldOther, nextOther);
            field = next;
            fieldOther = nextOther;
        }
        return differs;
    }

    /** The key's hash, the same for equal keys of either side: FNV-1a over its bytes, then mixed. */
    public long rank() {
        return rank(bytes, start, values);
    }

    private static long rank(byte[] bytes, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i]) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    /** The same of a key that is a single integer, sent in that encoding. */
    public static long rank(WireForm form, long key) {
        ByteBuffer field =
                switch (form) {
                    case INT2 -> ByteBuffer.allocate(Integer.BYTES + Short.BYTES)
                            .putInt(Short.BYTES)
                            .putShort((short) key);
                    case INT4 -> ByteBuffer.allocate(2 * Integer.BYTES)
                            .putInt(Integer.BYTES)
                            .putInt((int) key);
                    case INT8 -> ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                            .putInt(Long.BYTES)
                            .putLong(key);
                    default -> throw new IllegalArgumentException("no integer: " + form);
                };
        return rank(field.array(), 0, field.capacity());
    }

    /** The values' fields of all columns, key first; null where the value is NULL. */
    public byte[][] fields(int columns) {
        byte[][] fields = new byte[columns][];
        int field = start;
        for (int column = 0; column < columns; column++) {
            int length = BigEndian.int32(bytes, field);
            fields[column] = length == NULL
                    ? null
                    : Arrays.copyOfRange(bytes, field + Integer.BYTES, field + Integer.BYTES + length);
            field = next(bytes, field);
        }
        return fields;
    }

    /** The integer in this column, key first; null where it is NULL. */
    public @Nullable Long int8(int column) {
        int field = start;
        for (int i = 0; i < column; i++) {
            field = next(bytes, field);
        }
        return BigEndian.int32(bytes, field) == NULL ? null : (Long) BigEndian.int64(bytes, field + Integer.BYTES);
    }

    public int size() {
        return end - start;
    }
}
