package io.parallax.engine.task;

import io.parallax.contract.DiffFailedException;
import java.util.Optional;

/**
 * What the tasks of a plan depend on and one worker keeps for all of them, such as a snapshot. Used by one thread at a
 * time.
 */
public interface HeldSnapshot extends AutoCloseable {
    /** Whether it is still there; asks the sources, and gives up within seconds. Once false, always false. */
    boolean check();

    /** Has this run soon after it was lost to somebody who waited for its locks; else {@link #check} tells. */
    default void whenGivenWay(Runnable action) {}

    /** Why it was lost, where that is known. */
    default Optional<DiffFailedException> loss() {
        return Optional.empty();
    }

    /** Lets go; returns soon and never fails, also when it is lost. A second time does nothing. */
    @Override
    void close();
}
