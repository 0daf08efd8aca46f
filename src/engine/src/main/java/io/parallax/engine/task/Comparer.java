package io.parallax.engine.task;

import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.SessionPair;

/** Compares on behalf of a plan in the making: what is small at once, a few rows to see how fast that is. */
public interface Comparer {
    /** What a segment counts on these sessions. */
    Compared compare(Segment segment, SessionPair pair);

    /** How fast both sides' fingerprints are on a sample of each; a side without one is left out. */
    Throughput pace(SessionPair pair, SessionPair.Both<String> samples);

    /** Makes the tables that tasks write to. */
    void stage(Databases databases, Cancellation cancellation);
}
