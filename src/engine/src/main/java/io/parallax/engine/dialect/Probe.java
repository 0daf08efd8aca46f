package io.parallax.engine.dialect;

import io.parallax.engine.type.Column;
import java.util.List;

/**
 * Known values of one column, where it is compared with another one.
 *
 * @param own by a name of its own among all probes
 * @param type what its values are cast to, in the dialect's words
 */
public record Probe(Column own, Column other, String type, List<KnownValue> values) {
    public Probe {
        values = List.copyOf(values);
    }

    /**
     * A value of which is known what it is.
     *
     * @param text from which the database reads it
     * @param canonical what it is compared as, for {@link io.parallax.engine.row.Encoding} to write down
     */
    public record KnownValue(String text, Object canonical) {}

    public ProbedFamily family() {
        return ProbedFamily.of(own.type(), other.type());
    }
}
