package io.parallax.engine;

/** What a plan's tasks depend on for as long as the diff lives, such as exported snapshots. */
public interface Hold extends AutoCloseable {
    /** Whether it is still there; asks the databases, and keeps them from thinking that nobody is interested. */
    boolean check();

    @Override
    void close();
}
