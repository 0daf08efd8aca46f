package io.parallax.worker.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.message.TaskAddress;
import java.io.IOException;
import java.util.Optional;

/** What an unreadable record is about, as far as it can be told. */
record TaskReference(TaskAddress address, int attempt) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Optional<TaskReference> of(byte[] record) {
        try {
            JsonNode json = MAPPER.readTree(record);
            JsonNode address = json.path("address");
            boolean isWhole = address.path("diff").canConvertToLong()
                    && address.path("plan").canConvertToInt()
                    && address.path("stage").canConvertToInt()
                    && address.path("task").canConvertToInt()
                    && json.path("attempt").canConvertToInt();
            return isWhole
                    ? Optional.of(new TaskReference(
                            new TaskAddress(
                                    address.path("diff").longValue(),
                                    address.path("plan").intValue(),
                                    address.path("stage").intValue(),
                                    address.path("task").intValue()),
                            json.path("attempt").intValue()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
