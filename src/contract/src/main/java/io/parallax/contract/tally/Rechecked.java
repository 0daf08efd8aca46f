package io.parallax.contract.tally;

import java.util.List;

/**
 * What became of keys that were read again because they had differed.
 *
 * @param settled the numbers of those that differ no more, on both sides alike or gone from both
 * @param remained the numbers of those that still differ, in whatever way
 */
public record Rechecked(List<Long> settled, List<Long> remained) {
    public Rechecked {
        settled = List.copyOf(settled);
        remained = List.copyOf(remained);
    }
}
