package io.parallax.api.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.requests.Timestamps;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * An event as CloudEvents 1.0 has it, in structured JSON.
 *
 * @param id the same whenever it is told
 * @param word the {@link EventType#word}
 * @param data about the diff as it was then
 */
record CloudEvent(UUID id, long diff, String word, OffsetDateTime at, JsonNode data) {
    static final String CONTENT_TYPE = "application/cloudevents+json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** From the columns id, diff, type, at and data. */
    static CloudEvent of(Row row) {
        try {
            return new CloudEvent(
                    row.getUUID("id"),
                    row.getLong("diff"),
                    row.getString("type"),
                    row.getOffsetDateTime("at"),
                    MAPPER.readTree(row.getString("data")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event in the store is no JSON", e);
        }
    }

    byte[] json(String source) {
        ObjectNode event = MAPPER.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", id.toString());
        event.put("source", source);
        event.put("type", EventType.cloudType(word));
        event.put("subject", "datadiffs/" + diff);
        event.put("time", Timestamps.text(at));
        event.put("datacontenttype", "application/json");
        event.set("data", data);
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
