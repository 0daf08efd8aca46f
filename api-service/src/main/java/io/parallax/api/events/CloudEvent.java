package io.parallax.api.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.links.PublicUrl;
import io.parallax.outcome.answer.Timestamps;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * An event as CloudEvents 1.0 has it, in structured JSON.
 *
 * @param id the same whenever it is told
 * @param about what it is about: a diff's id, or a webhook's
 * @param word the {@link EventType#word}, or {@link #TEST}
 * @param data about the diff as it was then
 */
record CloudEvent(UUID id, long about, String word, OffsetDateTime at, JsonNode data) {
    static final String CONTENT_TYPE = "application/cloudevents+json";

    /** The word of an event about nothing but that a webhook can be told of events. */
    static final String TEST = "test";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** From the columns id, diff, type, at and data. */
    static CloudEvent of(Row row, PublicUrl url) {
        long diff = row.getLong("diff");
        try {
            ObjectNode data = MAPPER.readValue(row.getString("data"), ObjectNode.class);
            data.put("link", url.to("/datadiffs/" + diff + "/overview"));
            return new CloudEvent(row.getUUID("id"), diff, row.getString("type"), row.getOffsetDateTime("at"), data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event in the store is no JSON", e);
        }
    }

    /** One that tells a webhook nothing but that it can be told. */
    static CloudEvent test(long webhook) {
        return new CloudEvent(
                UUID.randomUUID(),
                webhook,
                TEST,
                Timestamps.now(),
                MAPPER.createObjectNode().put("id", webhook));
    }

    byte[] json(String source) {
        return isTest()
                ? json(source, id.toString(), "io.parallax.webhook.test", "webhooks/" + about, at, data)
                : json(source, id.toString(), EventType.cloudType(word), "datadiffs/" + about, at, data);
    }

    boolean isTest() {
        return word.equals(TEST);
    }

    /** Any event of ours. */
    static byte[] json(String source, String id, String type, String subject, OffsetDateTime at, JsonNode data) {
        ObjectNode event = MAPPER.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", source);
        event.put("type", type);
        event.put("subject", subject);
        event.put("time", Timestamps.text(at));
        event.put("datacontenttype", "application/json");
        event.set("data", data);
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
