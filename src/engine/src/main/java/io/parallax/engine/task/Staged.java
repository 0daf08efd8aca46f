package io.parallax.engine.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import java.util.List;

/**
 * What became of a stage's residue.
 *
 * @param settled what is counted already
 * @param tasks what each task of the next stage covers; may be empty
 */
public record Staged(Tally settled, List<JsonNode> tasks, Effort effort) {
    public Staged {
        tasks = List.copyOf(tasks);
    }
}
