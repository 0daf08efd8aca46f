package io.parallax.api.datasources;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.TestStep;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

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
                List.of(new TestStep(
                        "connection", TestStep.Outcome.FAILED, ErrorType.WORKER_LOST.publicName(), sentence)));
    }

    static SourceTestObject answered(long id, List<TestStep> steps) {
        boolean failed = steps.isEmpty() || steps.stream().anyMatch(step -> step.outcome() == TestStep.Outcome.FAILED);
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
            return new Step(
                    step.step(),
                    "done",
                    new Result(
                            step.code(), step.message(), step.outcome().name().toLowerCase(Locale.ROOT)));
        }
    }

    /** What came of a step. */
    @Schema(name = "DataSourceTestResult")
    public record Result(
            @Schema(description = "ok, skipped or an error type.", examples = "ok") String code,
            @Schema(description = "A sentence for a person.", examples = "Connected.") String message,
            @Schema(
                            description = "In a word.",
                            enumeration = {"success", "failed", "skipped"})
                    String outcome) {}
}
