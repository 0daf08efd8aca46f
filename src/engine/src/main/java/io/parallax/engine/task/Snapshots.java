package io.parallax.engine.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks of a plan see of both sides.
 *
 * @param a the name of A's exported snapshot
 * @param b the name of B's
 * @param first their names before another session took them over; null for those that nobody has taken over
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Snapshots(String a, String b, @Nullable Snapshots first) {
    public Snapshots(String a, String b) {
        this(a, b, null);
    }

    /** The same snapshots, exported by another session. */
    public Snapshots exportedAs(Snapshots names) {
        return new Snapshots(names.a, names.b, first == null ? this : first);
    }

    /** What it is known by, whoever has exported it. */
    public String known(Side side) {
        return (first == null ? this : first).of(side);
    }

    public String of(Side side) {
        return side == Side.A ? a : b;
    }
}
