package io.parallax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import java.util.List;

/**
 * What becomes of a stage's residue.
 *
 * @param settled what its clean buckets count
 * @param tasks the next stage's, none when everything is settled
 */
public record Staged(Tally settled, List<JsonNode> tasks, Effort effort) {
    public Staged {
        tasks = List.copyOf(tasks);
    }
}
