package io.parallax.engine.session;

import java.util.function.IntUnaryOperator;

/**
 * SQL of a user's in our statements, which put it between {@code (\n} and {@code \n)}.
 *
 * @param what what the user calls it: a query, a filter
 * @param sent as it stands in our statements
 * @param own as the user wrote it
 * @param offsets where in {@code own} a character of {@code sent} comes from
 */
public record UserText(String what, String sent, String own, IntUnaryOperator offsets) {
    /** Sent as it was written. */
    public UserText(String what, String text) {
        this(what, text, text, IntUnaryOperator.identity());
    }
}
