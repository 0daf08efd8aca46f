package io.parallax.endtoend.chaos;

import java.util.List;

/** A part of an installation that faults happen to, one at a time. */
interface Part {
    String name();

    /** Those that make sense for it. */
    List<Harm> harms();

    void strike(Harm harm) throws Exception;

    /** Undoes what {@link #strike} did; the part may need a while to serve again. */
    void heal(Harm harm) throws Exception;
}
