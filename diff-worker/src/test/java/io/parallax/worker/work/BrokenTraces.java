package io.parallax.worker.work;

/** Makes traces that cannot be begun. */
public final class BrokenTraces {
    private BrokenTraces() {}

    public static Traces make() {
        return new Traces(name -> {
            throw new NoClassDefFoundError("expected by this test");
        });
    }
}
