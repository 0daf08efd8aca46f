package io.parallax.engine.compare;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The order that both databases send rows in: the key's texts by code points, which is the order of their UTF-8 bytes. */
final class KeyOrder {
    private static final int SURROGATES = 0xD800;
    private static final int AFTER_SURROGATES = 0xE000;

    private KeyOrder() {}

    /** Compares the first columns of two rows. */
    static int compare(@Nullable String[] one, @Nullable String[] other, int columns) {
        for (int i = 0; i < columns; i++) {
            int order = compare(Objects.requireNonNull(one[i]), Objects.requireNonNull(other[i]));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char c = one.charAt(i);
            char d = other.charAt(i);
            if (c != d) {
                return rank(c) - rank(d);
            }
        }
        return one.length() - other.length();
    }

    /** Surrogates stand for the highest code points, but are not the highest chars. */
    private static int rank(char c) {
        if (c < SURROGATES) {
            return c;
        }
        return c >= AFTER_SURROGATES ? c - (AFTER_SURROGATES - SURROGATES) : c + (0x10000 - AFTER_SURROGATES);
    }
}
