package io.parallax.worker.work;

import io.parallax.contract.Failure;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TestStep;
import io.parallax.contract.message.TestStep.Outcome;
import java.util.List;

/** Outcomes of source tests that never reached the source. */
final class SourceTests {
    private SourceTests() {}

    static Report.SourceTested failed(Job.TestSource job, String worker, Failure failure, boolean handsBack) {
        return new Report.SourceTested(
                job.job(),
                worker,
                List.of(
                        new TestStep(
                                "connection", Outcome.FAILED, failure.type().publicName(), failure.message()),
                        skipped("temp_schema"),
                        skipped("schema_download")),
                handsBack ? true : null);
    }

    private static TestStep skipped(String step) {
        return new TestStep(step, Outcome.SKIPPED, "skipped", "Not tried: there is no connection.");
    }
}
