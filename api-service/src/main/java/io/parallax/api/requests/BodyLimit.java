package io.parallax.api.requests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.links.PublicUrl;
import io.parallax.api.problems.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses bodies that announce themselves as too large, before they are read into memory. */
@ApplicationScoped
public class BodyLimit {
    private static final int BEFORE_ALL_ELSE = 10_000;
    private static final int WORTH_READING = 32 * JsonBody.MAX_BYTES;

    private final ObjectMapper mapper;
    private final PublicUrl url;

    BodyLimit(ObjectMapper mapper, PublicUrl url) {
        this.mapper = mapper;
        this.url = url;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ALL_ELSE);
    }

    private void check(RoutingContext context) {
        long announced = announced(context);
        if (announced <= JsonBody.MAX_BYTES) {
            context.next();
        } else if (announced <= WORTH_READING) {
            // Who is cut off while sending does not read the answer.
            context.request().endHandler(end -> refuse(context)).resume();
        } else {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            refuse(context);
        }
    }

    private static long announced(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void refuse(RoutingContext context) {
        try {
            String body =
                    mapper.writeValueAsString(Problem.of(413, JsonBody.TOO_LARGE, url.to(context.normalizedPath())));
            context.response()
                    .setStatusCode(413)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(body);
        } catch (JsonProcessingException e) {
            context.fail(e);
        }
    }
}
