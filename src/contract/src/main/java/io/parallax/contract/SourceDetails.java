package io.parallax.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How to reach a source; exists only inside a worker and, sealed, on its way there.
 *
 * @param type the kind of source, such as {@code pg}
 * @param options the kind's own options, secrets included
 */
public record SourceDetails(String type, ObjectNode options) {
    /** Never the options: they hold secrets. */
    @Override
    public String toString() {
        return "SourceDetails[type=" + type + "]";
    }
}
