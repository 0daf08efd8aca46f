package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.parallax.contract.Failure;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import java.util.List;

/** What a worker says on {@link io.parallax.contract.Topics#RESULTS}; at least once, in any order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Report.PlanMade.class, name = "plan_made"),
    @JsonSubTypes.Type(value = Report.TaskDone.class, name = "task_done"),
    @JsonSubTypes.Type(value = Report.TaskFailed.class, name = "task_failed"),
    @JsonSubTypes.Type(value = Report.Alive.class, name = "alive"),
    @JsonSubTypes.Type(value = Report.SourceTested.class, name = "source_tested")
})
public sealed interface Report {
    /** The plan of a diff; its tasks are numbered from 0 in the order given, in stage 1. */
    record PlanMade(TaskAddress address, int attempt, String worker, Plan plan, Effort effort) implements Report {}

    /** What one task counted. */
    record TaskDone(TaskAddress address, int attempt, String worker, Tally tally, Effort effort) implements Report {}

    /** A planning job or a task that ended without a result. */
    record TaskFailed(TaskAddress address, int attempt, String worker, Failure failure) implements Report {}

    /** Sent on acceptance of a task and every few seconds while it runs; renews the lease. One diff per report. */
    record Alive(long diff, String worker, List<Running> running) implements Report {
        public Alive {
            running = List.copyOf(running);
        }
    }

    /** The outcome of {@link Job.TestSource}. */
    record SourceTested(long job, String worker, List<TestStep> steps) implements Report {
        public SourceTested {
            steps = List.copyOf(steps);
        }
    }

    /** One attempt at one task. */
    record Running(TaskAddress address, int attempt) {}
}
