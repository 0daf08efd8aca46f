package io.parallax.api.requests;

/** An answer that may be large: {@link BulkyAnswers} has it written as JSON where nobody else waits. */
public interface Bulky {
    /** About how many bytes of JSON it is. */
    long bulk();
}
