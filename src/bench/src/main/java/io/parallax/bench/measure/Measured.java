package io.parallax.bench.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one run took, in seconds: on the wall clock, of the databases' CPUs and of the worker's. */
public record Measured(double wall, double databases, double worker) {
    public static Samples samples(List<Measured> runs, ToDoubleFunction<Measured> value) {
        return Samples.of(runs.stream().map(value::applyAsDouble).toList());
    }
}
