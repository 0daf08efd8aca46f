package io.parallax.contract;

import java.util.List;

/**
 * A key is to be found.
 *
 * @param avoidNames columns that are not in it, whatever their case
 * @param avoidTypes types whose columns are not in it, by the database's names, which {@code db:} may stand before
 */
public record KeySearch(List<String> avoidNames, List<String> avoidTypes) {
    public KeySearch {
        avoidNames = List.copyOf(avoidNames);
        avoidTypes = List.copyOf(avoidTypes);
    }
}
