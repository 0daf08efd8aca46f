package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.parallax.contract.DiffSpec;

/** What one record on {@link io.parallax.contract.Topics#JOBS} asks of one worker. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Job.PlanDiff.class, name = "plan_diff"),
    @JsonSubTypes.Type(value = Job.TestSource.class, name = "test_source")
})
public sealed interface Job {
    /** Answered by {@link Report.PlanMade} or {@link Report.TaskFailed}. */
    record PlanDiff(TaskAddress address, int attempt, DiffSpec spec, SealedSource sourceA, SealedSource sourceB)
            implements Job {}

    /** Answered by {@link Report.SourceTested}. */
    record TestSource(long job, SealedSource source) implements Job {}
}
