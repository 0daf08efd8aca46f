package io.parallax.engine.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.Equality;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.WireForm;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A value as people read it.
 *
 * @param shortened whether it is too long to be shown: the value is its beginning, then its SHA-256 in hexadecimal; of a
 *     text's UTF-8, a number's digits, a byte string's bytes
 */
public record DisplayValue(JsonNode value, boolean shortened) {
    /** The most that values have room for. */
    public enum Room {
        /** As much as is sent. */
        AMPLE(WireColumn.LONG, WireColumn.LONG),
        /** For rows of many values. */
        SCANT(71, 39);

        private final int characters;
        private final int bytes;

        Room(int characters, int bytes) {
            this.characters = characters;
            this.bytes = bytes;
        }
    }

    private static final int NEVER_SHORTENED = -2;
    private static final int HASH_BYTES = 32;
    private static final int HASH_SIGNS = 2 * HASH_BYTES;

    /** The value of a column's field; null bytes are NULL. */
    public static DisplayValue of(WireColumn column, byte @Nullable [] field, Room room) {
        if (field != null && column.encoding() == WireForm.BYTEA) {
            return bytes(field, whole(column), room.bytes);
        }
        JsonNode value = Decoding.value(column.encoding(), field);
        if (value.isTextual()) {
            return text(value, whole(column), room.characters);
        }
        boolean isLong = value.isBigDecimal() || value.isBigInteger();
        return isLong && plain(value).length() > room.characters
                ? text(TextNode.valueOf(plain(value)), NEVER_SHORTENED, room.characters)
                : new DisplayValue(value, false);
    }

    /** What the values of two columns are when they are shown: a number's type, as they are compared, or the word of the family. */
    public static String type(Column own, Column other) {
        Family family = own.type().family();
        return family == Family.NUMBER
                ? Equality.form(own.type(), other.type()).type()
                : family.name().toLowerCase(Locale.ROOT);
    }

    private static String plain(JsonNode number) {
        BigDecimal decimal = number.decimalValue();
        return decimal.toPlainString();
    }

    /** The most characters or bytes that come whole. */
    private static int whole(WireColumn column) {
        return Boolean.TRUE.equals(column.shortens()) ? column.wholeCharacters() : NEVER_SHORTENED;
    }

    /** What came shortened is longer by one than what comes whole. */
    private static DisplayValue text(JsonNode value, int whole, int most) {
        String text = value.textValue();
        int characters = text.codePointCount(0, text.length());
        boolean came = characters == whole + 1;
        if (characters <= most || (came && most == whole)) {
            return new DisplayValue(value, came);
        }
        String hash = came
                ? text.substring(text.length() - HASH_SIGNS)
                : HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
        String beginning = text.substring(0, text.offsetByCodePoints(0, most + 1 - HASH_SIGNS));
        return new DisplayValue(TextNode.valueOf(beginning + hash), true);
    }

    private static DisplayValue bytes(byte[] field, int whole, int most) {
        boolean came = field.length == whole + 1;
        if (field.length <= most || (came && most == whole)) {
            return new DisplayValue(Decoding.value(WireForm.BYTEA, field), came);
        }
        byte[] hash = came ? Arrays.copyOfRange(field, field.length - HASH_BYTES, field.length) : sha256(field);
        byte[] all = Arrays.copyOf(field, most + 1);
        System.arraycopy(hash, 0, all, most + 1 - HASH_BYTES, HASH_BYTES);
        return new DisplayValue(Decoding.value(WireForm.BYTEA, all), true);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
