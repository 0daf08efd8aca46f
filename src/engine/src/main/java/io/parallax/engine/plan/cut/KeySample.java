package io.parallax.engine.plan.cut;

import java.util.List;

/**
 * Keys of one side, drawn at random.
 *
 * @param keys the range columns' texts
 * @param rowsPerKey how many rows each stands for
 */
record KeySample(List<List<String>> keys, double rowsPerKey) {
    KeySample {
        keys = List.copyOf(keys);
    }

    double rows() {
        return keys.size() * rowsPerKey;
    }
}
