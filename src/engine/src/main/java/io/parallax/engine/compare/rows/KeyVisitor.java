package io.parallax.engine.compare.rows;

import io.parallax.engine.task.Side;

/** Looks at each key of two sides once. */
public interface KeyVisitor {
    /** All rows of a key that only one side has. */
    void exclusive(Side side, KeyGroups.Group group);

    /** All rows of a key that both sides have. */
    void shared(KeyGroups.Group a, KeyGroups.Group b);
}
