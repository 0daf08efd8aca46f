package io.parallax.api.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.outcome.Notes;
import org.jspecify.annotations.Nullable;

/** Parts of plans and results as the ledger keeps them. */
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
            return Codec.fromJson(MAPPER.readTree(json), type);
        } catch (UnreadableMessageException | JsonProcessingException e) {
            throw new IllegalStateException("a " + type.getSimpleName() + " in the store cannot be read", e);
        }
    }

    /** What the ledger has noted; null for nothing. */
    public static Notes notes(@Nullable String json) {
        return json == null ? Notes.NONE : read(json, Notes.class);
    }
}
