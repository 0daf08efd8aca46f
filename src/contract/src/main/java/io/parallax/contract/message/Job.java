package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.Planned;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Tally;
import org.jspecify.annotations.Nullable;

/** What one record on {@link io.parallax.contract.Topics#JOBS} asks of one worker. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Job.PlanDiff.class, name = "plan_diff"),
    @JsonSubTypes.Type(value = Job.NextStage.class, name = "next_stage"),
    @JsonSubTypes.Type(value = Job.TakeOver.class, name = "take_over"),
    @JsonSubTypes.Type(value = Job.TestSource.class, name = "test_source"),
    @JsonSubTypes.Type(value = Job.AskSource.class, name = "ask_source"),
    @JsonSubTypes.Type(value = Job.DropTables.class, name = "drop_tables")
})
public sealed interface Job {
    /**
     * Answered by {@link Report.PlanMade} or {@link Report.TaskFailed}.
     *
     * @param keys what a plan before this one has counted of the keys; null when there was none that counted keys only
     * @param destination where rows that differ are written to; null for nowhere
     */
    record PlanDiff(
            TaskAddress address,
            int attempt,
            DiffSpec spec,
            SealedSource sourceA,
            SealedSource sourceB,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Tally keys,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SealedSource destination)
            implements Job {
        /** The first plan, of a diff whose rows stay here. */
        public static PlanDiff first(
                TaskAddress address, int attempt, DiffSpec spec, SealedSource sourceA, SealedSource sourceB) {
            return new PlanDiff(address, attempt, spec, sourceA, sourceB, null, null);
        }
    }

    /**
     * What to do about a stage's residue; answered by {@link Report.StageMade} or {@link Report.TaskFailed}.
     *
     * @param address of this job: its stage is the one after the stage that left the residue
     * @param common what all tasks of the plan share
     * @param residue the sum over all tasks of the stage
     */
    record NextStage(
            TaskAddress address,
            int attempt,
            @Planned JsonNode common,
            Residue residue,
            SealedSource sourceA,
            SealedSource sourceB)
            implements Job {}

    /**
     * Keep for a plan what a worker keeps that leaves, such as a snapshot; answered by {@link Report.TakenOver}, or not at all: then
     * somebody else is asked.
     *
     * @param address of what is kept
     * @param attempt one more than that of who leaves
     * @param common what all tasks of the plan share
     */
    record TakeOver(
            TaskAddress address, int attempt, @Planned JsonNode common, SealedSource sourceA, SealedSource sourceB)
            implements Job {}

    /**
     * Answered by {@link Report.SourceTested}.
     *
     * @param tempSchema the schema that tables are to be written to; null for none
     */
    record TestSource(
            long job, SealedSource source, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tempSchema)
            implements Job {
        /** Of a source that is only read. */
        public TestSource(long job, SealedSource source) {
            this(job, source, null);
        }
    }

    /** Answered by {@link Report.SourceAnswered}. */
    record AskSource(long job, SealedSource source, SourceQuestion question) implements Job {}

    /**
     * Drop all tables of a schema whose names begin with a prefix; answered by {@link Report.TablesDropped}.
     *
     * @param prefix of a {@link io.parallax.contract.Workspace}
     */
    record DropTables(long job, SealedSource source, String schema, String prefix) implements Job {}
}
