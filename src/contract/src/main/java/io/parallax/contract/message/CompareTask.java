package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Planned;
import org.jspecify.annotations.Nullable;

/**
 * What one record on {@link io.parallax.contract.Topics#TASKS} asks of one worker; answered by {@link
 * Report.TaskDone} or {@link Report.TaskFailed}.
 *
 * @param attempt from 1; a lost task is sent again with the next one
 * @param common what all tasks of the plan share, as the planner wrote it
 * @param body what this task covers, as the planner wrote it; never computed again. Of keys that are read again the API
 *     service writes it: {@code {"kind": "recheck", "keys": [{"id": 1, "key": {"a": 3}}]}}; of result tables, too, where
 *     batches are those of accepted results: {@code {"kind": "publish", "batches": ["5f..."]}}
 * @param destination where rows that differ are written to; null for nowhere
 */
public record CompareTask(
        TaskAddress address,
        int attempt,
        @Planned JsonNode common,
        @Planned JsonNode body,
        SealedSource sourceA,
        SealedSource sourceB,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SealedSource destination) {
    /** One that writes nothing. */
    public CompareTask(
            TaskAddress address,
            int attempt,
            JsonNode common,
            JsonNode body,
            SealedSource sourceA,
            SealedSource sourceB) {
        this(address, attempt, common, body, sourceA, sourceB, null);
    }
}
