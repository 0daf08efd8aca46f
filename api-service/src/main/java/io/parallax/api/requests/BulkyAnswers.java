package io.parallax.api.requests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.streams.UnreadBytes;
import io.parallax.outcome.answer.Bulky;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.io.UncheckedIOException;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Writes large answers off the event loop, as many as there is room for until they are read; small ones are written where they are made. */
public class BulkyAnswers {
    /** What a worker has answered, which nobody has counted; there are few of these. */
    private static final long SOME = 1 << 20;

    private static final long WORTH_IT = 1 << 14;

    private final ObjectMapper mapper;
    private final UnreadBytes unread;

    BulkyAnswers(ObjectMapper mapper, UnreadBytes unread) {
        this.mapper = mapper;
        this.unread = unread;
    }

    @ServerResponseFilter
    public @Nullable Uni<Void> write(ContainerResponseContext response) {
        Object answer = response.getEntity();
        if (answer instanceof String text) {
            unread.requireRoom(text.length());
            return null;
        }
        if (bulk(answer) < WORTH_IT || !isJson(response.getMediaType())) {
            return null;
        }
        return OffTheLoop.run(() -> json(answer))
                .invoke(text -> unread.requireRoom(text.length()))
                .invoke(response::setEntity)
                .replaceWithVoid();
    }

    /** What the method that was called produces, where it has not said. */
    private static boolean isJson(@Nullable MediaType type) {
        return type == null || MediaType.APPLICATION_JSON_TYPE.isCompatible(type);
    }

    private static long bulk(@Nullable Object answer) {
        if (answer instanceof Bulky bulky) {
            return bulky.bulk();
        }
        return answer instanceof JsonNode ? SOME : 0;
    }

    private String json(Object answer) {
        try {
            return mapper.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
