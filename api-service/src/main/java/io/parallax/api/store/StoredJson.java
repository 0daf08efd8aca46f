package io.parallax.api.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.outcome.Notes;
import org.jspecify.annotations.Nullable;

/** JSON as the store keeps it: documents whose text this service has written. */
public final class StoredJson {
    private static final ObjectMapper MAPPER = Codec.mapper();

    private StoredJson() {}

    /** Null for nothing. */
    public static @Nullable String of(@Nullable Object part) {
        return part == null ? null : Codec.text(part);
    }

    public static <T> @Nullable T readOrNull(@Nullable String json, Class<T> type) {
        return json == null ? null : read(json, type);
    }

    public static <T> T read(String json, Class<T> type) {
        try {
            return Codec.fromJson(tree(json), type);
        } catch (UnreadableMessageException e) {
            throw new IllegalStateException("a " + type.getSimpleName() + " in the store cannot be read", e);
        }
    }

    /** Of whatever type. */
    public static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what should be JSON in the store is none", e);
        }
    }

    /** What the ledger has noted; null for nothing. */
    public static Notes notes(@Nullable String json) {
        return json == null ? Notes.NONE : read(json, Notes.class);
    }
}
