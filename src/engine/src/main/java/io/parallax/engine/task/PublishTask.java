package io.parallax.engine.task;

import java.util.List;

/**
 * Makes the final tables of what was staged. Written by the API service, which knows whose results count.
 *
 * @param batches the executions whose rows go into them
 */
public record PublishTask(List<String> batches) implements TaskBody {
    public PublishTask {
        batches = List.copyOf(batches);
    }
}
