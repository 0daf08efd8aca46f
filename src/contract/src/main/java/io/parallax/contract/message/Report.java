package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Failure;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Note;
import io.parallax.contract.tally.Rechecked;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker says on {@link io.parallax.contract.Topics#RESULTS}; at least once, in any order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Report.PlanMade.class, name = "plan_made"),
    @JsonSubTypes.Type(value = Report.StageMade.class, name = "stage_made"),
    @JsonSubTypes.Type(value = Report.TaskDone.class, name = "task_done"),
    @JsonSubTypes.Type(value = Report.TaskFailed.class, name = "task_failed"),
    @JsonSubTypes.Type(value = Report.Alive.class, name = "alive"),
    @JsonSubTypes.Type(value = Report.TakenOver.class, name = "taken_over"),
    @JsonSubTypes.Type(value = Report.SourceTested.class, name = "source_tested"),
    @JsonSubTypes.Type(value = Report.SourceAnswered.class, name = "source_answered"),
    @JsonSubTypes.Type(value = Report.TablesDropped.class, name = "tables_dropped")
})
public sealed interface Report {
    /** The plan of a diff; its tasks are numbered from 0 in the order given, in stage 1. */
    record PlanMade(TaskAddress address, int attempt, String worker, Plan plan, Effort effort) implements Report {}

    /**
     * What becomes of a stage's residue: what it settled, and the tasks of the next stage, numbered from 0 in the order
     * given. Without tasks the diff is complete.
     */
    record StageMade(
            TaskAddress address, int attempt, String worker, Tally settled, List<JsonNode> tasks, Effort effort)
            implements Report {
        public StageMade {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * What one task counted.
     *
     * @param residue what the task leaves for the next stage to look into; null for nothing
     * @param rows rows that differ, the lowest ranks of each kind and column; null for none
     * @param rechecked what became of the keys that the task read again; null for a task that did not
     * @param timeline what of the tally belongs to which time; null where nobody asked
     * @param batch by what the rows that this execution has written are known; null when it has written none
     * @param partition the partition that the task came from, whose reader has a slot free now; null where none is known
     * @param notes what who reads the diff must know; null for nothing
     */
    record TaskDone(
            TaskAddress address,
            int attempt,
            String worker,
            Tally tally,
            Effort effort,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Residue residue,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<DifferingRow> rows,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rechecked rechecked,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Timeline timeline,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String batch,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer partition,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Note> notes)
            implements Report {
        public TaskDone {
            rows = rows == null ? null : List.copyOf(rows);
            notes = notes == null ? null : List.copyOf(notes);
        }

        /** Without a residue and rows. */
        public TaskDone(TaskAddress address, int attempt, String worker, Tally tally, Effort effort) {
            this(address, attempt, worker, tally, effort, null, null, null, null, null, null, null);
        }

        /** One that tells more; what is not told is null. */
        public static Draft draft(TaskAddress address, int attempt, String worker, Tally tally, Effort effort) {
            return new Draft(address, attempt, worker, tally, effort);
        }

        /** A result in the making, part by part and by name. */
        public static final class Draft {
            private final TaskAddress address;
            private final int attempt;
            private final String worker;
            private final Tally tally;
            private final Effort effort;
            private @Nullable Residue residue;
            private @Nullable List<DifferingRow> rows;
            private @Nullable Rechecked rechecked;
            private @Nullable Timeline timeline;
            private @Nullable String batch;
            private @Nullable Integer partition;
            private @Nullable List<Note> notes;

            private Draft(TaskAddress address, int attempt, String worker, Tally tally, Effort effort) {
                this.address = address;
                this.attempt = attempt;
                this.worker = worker;
                this.tally = tally;
                this.effort = effort;
            }

            public Draft residue(@Nullable Residue given) {
                residue = given;
                return this;
            }

            public Draft rows(@Nullable List<DifferingRow> given) {
                rows = given;
                return this;
            }

            public Draft rechecked(@Nullable Rechecked given) {
                rechecked = given;
                return this;
            }

            public Draft timeline(@Nullable Timeline given) {
                timeline = given;
                return this;
            }

            public Draft batch(@Nullable String given) {
                batch = given;
                return this;
            }

            public Draft partition(@Nullable Integer given) {
                partition = given;
                return this;
            }

            public Draft notes(@Nullable List<Note> given) {
                notes = given;
                return this;
            }

            public TaskDone report() {
                return new TaskDone(
                        address, attempt, worker, tally, effort, residue, rows, rechecked, timeline, batch, partition,
                        notes);
            }
        }
    }

    /**
     * A planning job or a task that ended without a result.
     *
     * @param replan true when what the plan depends on is lost, so that only a new plan may succeed; null means no
     * @param gaveWay true when it was let go for the sake of somebody who waited for its locks; null means no
     * @param handedBack true when it was no attempt: this worker cannot, and another one may; null means no
     * @param silent true when a source has not answered for as long as anybody waits for it, however soon this work heard of that;
     *     null means no
     */
    record TaskFailed(
            TaskAddress address,
            int attempt,
            String worker,
            Failure failure,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean replan,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean gaveWay,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean handedBack,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean silent)
            implements Report {
        /** Another attempt may succeed; what else is to be told of it, by name. */
        public TaskFailed(TaskAddress address, int attempt, String worker, Failure failure) {
            this(address, attempt, worker, failure, null, null, null, null);
        }

        public TaskFailed replan(@Nullable Boolean given) {
            return new TaskFailed(address, attempt, worker, failure, given, gaveWay, handedBack, silent);
        }

        public TaskFailed gaveWay(@Nullable Boolean given) {
            return new TaskFailed(address, attempt, worker, failure, replan, given, handedBack, silent);
        }

        public TaskFailed handedBack(@Nullable Boolean given) {
            return new TaskFailed(address, attempt, worker, failure, replan, gaveWay, given, silent);
        }

        public TaskFailed silent(@Nullable Boolean given) {
            return new TaskFailed(address, attempt, worker, failure, replan, gaveWay, handedBack, given);
        }
    }

    /**
     * Sent on acceptance of a task and every few seconds while it runs; renews the lease. One diff per report. Of diff 0, and no task, it
     * is a sign of life of the worker itself.
     *
     * @param leaving true when the worker was told to end, so that somebody else must soon keep what it keeps for plans, see {@link
     *     Job.TakeOver}; null means no
     * @param slots what the worker does at a time, in a sign of life of itself; null in all others
     */
    record Alive(
            long diff,
            String worker,
            List<Running> running,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean leaving,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Slots slots)
            implements Report {
        /** The diff of a report that is about none. */
        public static final long NO_DIFF = 0;

        public Alive {
            running = List.copyOf(running);
        }

        /** Of a worker that stays. */
        public Alive(long diff, String worker, List<Running> running) {
            this(diff, worker, running, null, null);
        }

        /** Of work that goes on, by a worker that may leave. */
        public Alive(long diff, String worker, List<Running> running, @Nullable Boolean leaving) {
            this(diff, worker, running, leaving, null);
        }

        /** Of a worker itself. */
        public static Alive worker(String worker, Slots slots, boolean leaving) {
            return new Alive(NO_DIFF, worker, List.of(), leaving ? true : null, slots);
        }
    }

    /** How many tasks, and jobs, a worker does at a time. */
    record Slots(int tasks, int jobs) {}

    /**
     * The outcome of {@link Job.TakeOver}: this worker keeps from now on what the plan's tasks depend on.
     *
     * @param attempt of what is kept, see {@link Job.TakeOver}
     * @param common what all tasks of the plan share from now on
     */
    record TakenOver(TaskAddress address, int attempt, String worker, JsonNode common) implements Report {}

    /**
     * The outcome of {@link Job.TestSource}.
     *
     * @param handedBack true when there is none: this worker cannot, and another one may; null means no
     */
    record SourceTested(
            long job,
            String worker,
            List<TestStep> steps,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean handedBack)
            implements Report {
        public SourceTested {
            steps = List.copyOf(steps);
        }

        /** One that there is. */
        public SourceTested(long job, String worker, List<TestStep> steps) {
            this(job, worker, steps, null);
        }
    }

    /**
     * The outcome of {@link Job.AskSource}.
     *
     * @param answer the answer; null where there is a failure
     * @param failure why there is none
     * @param handedBack true when this worker cannot tell, and another one may; null means no
     */
    record SourceAnswered(
            long job,
            String worker,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode answer,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Failure failure,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean handedBack)
            implements Report {
        /** From who can tell. */
        public SourceAnswered(long job, String worker, @Nullable JsonNode answer, @Nullable Failure failure) {
            this(job, worker, answer, failure, null);
        }
    }

    /**
     * The outcome of {@link Job.DropTables}.
     *
     * @param failure why some are still there; null when none is
     */
    record TablesDropped(long job, String worker, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Failure failure)
            implements Report {}

    /** One attempt at one task. */
    record Running(TaskAddress address, int attempt) {}
}
