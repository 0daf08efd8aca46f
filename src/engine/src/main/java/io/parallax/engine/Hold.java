package io.parallax.engine;

/**
 * What the tasks of a plan depend on and one worker keeps for all of them, such as a snapshot. Used by one thread at a
 * time.
 */
public interface Hold extends AutoCloseable {
    /** Whether it is still there; asks the sources, and gives up within seconds. Once false, always false. */
    boolean check();

    /** Lets go; returns soon and never fails, also when it is lost. A second time does nothing. */
    @Override
    void close();
}
