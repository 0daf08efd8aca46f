package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What every worker is told on {@link io.parallax.contract.Topics#CONTROL}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Control.StopDiff.class, name = "stop_diff"),
    @JsonSubTypes.Type(value = Control.StopTask.class, name = "stop_task")
})
public sealed interface Control {
    /** Stop all work on the diff's plans up to this number, running or yet to come. */
    record StopDiff(long diff, int plan) implements Control {}

    /** Stop this attempt, and earlier ones, at this task. */
    record StopTask(TaskAddress address, int attempt) implements Control {}
}
