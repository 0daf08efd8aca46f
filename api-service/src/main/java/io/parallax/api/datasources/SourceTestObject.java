package io.parallax.api.datasources;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.TestStep;
import io.parallax.contract.message.TestStep.Outcome;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A test of a data source as the API shows it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "DataSourceTest", description = "How a test of a data source goes.")
public record SourceTestObject(
        @Schema(description = "The test's id, as job_id.", examples = "1") long id,
        @Schema(
                        description = "waiting until there is an answer; then done when every step that ran succeeded,"
                                + " failed otherwise.",
                        enumeration = {"waiting", "done", "failed"})
                String status,
        @Schema(description = "The steps, in order.") List<Step> results) {
    static SourceTestObject waiting(long id) {
        return new SourceTestObject(id, "waiting", List.of());
    }

    static SourceTestObject unanswered(long id, String sentence) {
        return answered(
                id,
                List.of(
                        new TestStep("connection", Outcome.FAILED, ErrorType.WORKER_LOST.publicName(), sentence),
                        notTried("temp_schema"),
                        notTried("schema_download")));
    }

    /** Clients wait until they have heard of every step. */
    private static TestStep notTried(String step) {
        return new TestStep(step, Outcome.SKIPPED, "skipped", "Not tried: no worker answered.");
    }

    static SourceTestObject answered(long id, List<TestStep> steps) {
        boolean failed = steps.isEmpty() || steps.stream().anyMatch(step -> step.outcome() == Outcome.FAILED);
        return new SourceTestObject(
                id, failed ? "failed" : "done", steps.stream().map(Step::of).toList());
    }

    /** One step. */
    @Schema(name = "DataSourceTestStep")
    public record Step(
            @Schema(
                            description = "What was tried.",
                            enumeration = {"connection", "temp_schema", "schema_download"})
                    String step,
            @Schema(description = "done, whatever came of it.", examples = "done") String status,
            @Schema(description = "What came of it.") Result result) {
        static Step of(TestStep step) {
            return new Step(step.step(), "done", Result.of(step));
        }
    }

    /** What came of a step. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "DataSourceTestResult")
    public record Result(
            @Schema(
                            description = "Whether it succeeded; clients read no other words.",
                            enumeration = {"ok", "error", "skip", "unknown"},
                            examples = "ok")
                    String code,
            @Schema(
                            description =
                                    "The kind of failure, from the list that diffs fail by; null where it did not fail."
                                            + " Parallax' own field.",
                            examples = "SourceAuthentication")
                    @Nullable
                    String errorType,
            @Schema(description = "A sentence for a person.", examples = "Connected.") String message,
            @Schema(
                            description = "In a word.",
                            enumeration = {"success", "failed", "skipped"})
                    String outcome) {
        static Result of(TestStep step) {
            return new Result(
                    word(step.outcome()),
                    step.outcome() == Outcome.FAILED ? step.code() : null,
                    step.message(),
                    step.outcome().name().toLowerCase(Locale.ROOT));
        }

        private static String word(Outcome outcome) {
            return switch (outcome) {
                case SUCCESS -> "ok";
                case FAILED -> "error";
                case SKIPPED -> "skip";
            };
        }
    }
}
