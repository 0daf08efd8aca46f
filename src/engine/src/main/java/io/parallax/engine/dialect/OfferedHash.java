package io.parallax.engine.dialect;

import java.util.List;
import java.util.Optional;

/**
 * A hash that a server has.
 *
 * @param id by which plans name it, for ever
 * @param answers what it makes of known values; the same text from two servers means that they hash alike
 */
public record OfferedHash(String id, String answers) {
    /** The first hash that both servers have and make the same of; empty when there is none. */
    public static Optional<String> firstShared(List<OfferedHash> a, List<OfferedHash> b) {
        return a.stream().filter(b::contains).findFirst().map(OfferedHash::id);
    }
}
