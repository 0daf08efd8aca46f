package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What every worker is told on {@link io.parallax.contract.Topics#CONTROL}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Control.StopDiff.class, name = "stop_diff"),
    @JsonSubTypes.Type(value = Control.StopTask.class, name = "stop_task"),
    @JsonSubTypes.Type(value = Control.KeyCheck.class, name = "key_check")
})
public sealed interface Control {
    /** Stop all work on the diff's plans up to this number, running or yet to come. */
    record StopDiff(long diff, int plan) implements Control {}

    /** Stop this attempt, and earlier ones, at this task. */
    record StopTask(TaskAddress address, int attempt) implements Control {}

    /**
     * Connection details are sealed with this key now; repeated by every replica of the API service.
     *
     * @param key the key's id, {@link io.parallax.contract.seal.Seal#keyId()}
     * @param sealed {@link io.parallax.contract.seal.Seal#check()}, which opens with the key alone
     * @param at milliseconds since 1970, by the clock of the API service
     */
    record KeyCheck(String key, String sealed, long at) implements Control {}
}
