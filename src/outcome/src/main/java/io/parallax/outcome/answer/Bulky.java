package io.parallax.outcome.answer;

/** An answer that may be large, so that it is written as JSON where nobody else waits. */
public interface Bulky {
    /** About how many bytes of JSON it is. */
    long bulk();
}
