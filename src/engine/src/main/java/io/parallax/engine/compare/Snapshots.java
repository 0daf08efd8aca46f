package io.parallax.engine.compare;

/**
 * What all tasks of a plan see of both sides.
 *
 * @param a the name of A's exported snapshot
 * @param b the name of B's
 */
public record Snapshots(String a, String b) {
    String of(Which side) {
        return side == Which.A ? a : b;
    }
}
