package io.parallax.contract;

import java.util.List;

/**
 * A key is to be found.
 *
 * @param avoidNames columns that are none
 * @param avoidTypes types whose columns are none, by the database's names
 */
public record KeySearch(List<String> avoidNames, List<String> avoidTypes) {
    public KeySearch {
        avoidNames = List.copyOf(avoidNames);
        avoidTypes = List.copyOf(avoidTypes);
    }
}
