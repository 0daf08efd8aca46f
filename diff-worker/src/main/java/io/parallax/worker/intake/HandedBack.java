package io.parallax.worker.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Report;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is said of work that only a later version can read, as far as this one can tell what it is about. */
final class HandedBack {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Failure WHY = new Failure(
            ErrorType.INTERNAL, "It asks for something that this worker is too old for; a newer one can do it.");

    private HandedBack() {}

    static Optional<Report> report(byte[] record, String worker) {
        Optional<TaskReference> task = TaskReference.of(record);
        return task.isPresent()
                ? task.map(of -> new Report.TaskFailed(of.address(), of.attempt(), worker, WHY).handedBack(true))
                : ofJob(record, worker);
    }

    private static Optional<Report> ofJob(byte[] record, String worker) {
        try {
            JsonNode json = MAPPER.readTree(record);
            JsonNode job = json.path("job");
            return job.isIntegralNumber() && job.canConvertToLong()
                    ? ofJob(json.path("type").asText(), job.longValue(), worker)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Report> ofJob(String type, long job, String worker) {
        return switch (type) {
            case "test_source" -> Optional.of(new Report.SourceTested(job, worker, List.of(), true));
            case "ask_source" -> Optional.of(new Report.SourceAnswered(job, worker, null, WHY, true));
            case "drop_tables" -> Optional.of(new Report.TablesDropped(job, worker, WHY));
            default -> Optional.empty();
        };
    }
}
