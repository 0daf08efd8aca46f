package io.parallax.endtoend.requests;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What of an answer is not as it must be. */
final class Mismatches {
    private static final double ROUNDING = 1e-9;

    private final List<String> found = new ArrayList<>();

    void same(String what, @Nullable Object expected, @Nullable Object actual) {
        require(what, Objects.equals(expected, actual), expected, actual);
    }

    void near(String what, double expected, double actual) {
        require(what, Math.abs(expected - actual) <= ROUNDING * Math.max(1, Math.abs(expected)), expected, actual);
    }

    void between(String what, double least, double most, double actual) {
        require(what, actual >= least && actual <= most, least + " to " + most, actual);
    }

    void require(String what, boolean holds, @Nullable Object expected, @Nullable Object actual) {
        if (!holds) {
            found.add(what + "\n    expected " + expected + "\n    actual   " + actual);
        }
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
