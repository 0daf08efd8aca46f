package io.parallax.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The first {@link Codec#VERSION} of a reader that honours what is marked: a part of a message, a kind of message, or a word. A reader
 * before it would do without, and be wrong; so a message that has it is of that version, and such a reader refuses it. Not for what a
 * reader may do without.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.FIELD})
public @interface Since {
    int value();
}
