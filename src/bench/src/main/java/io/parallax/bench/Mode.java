package io.parallax.bench;

import io.parallax.standalone.OpenResources;
import java.util.List;

/** One kind of run. */
@FunctionalInterface
interface Mode {
    /**
     * Prepares, measures and prints.
     *
     * @param open stops what this starts
     * @return a sentence on each answer that was wrong
     */
    List<String> measure(OpenResources open) throws Exception;
}
