package io.parallax.api.problems;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses bodies that announce themselves as too large, before HTTP's own check does so without a word. */
@ApplicationScoped
public class BodyLimit {
    private static final int BEFORE_ALL_ELSE = 10_000;

    private final ObjectMapper mapper;
    private final long limit;

    BodyLimit(ObjectMapper mapper, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        this.mapper = mapper;
        this.limit = limit.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ALL_ELSE);
    }

    private void check(RoutingContext context) {
        if (announced(context) > limit) {
            refuse(context);
        } else {
            context.next();
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
            String body = mapper.writeValueAsString(
                    Problem.of(413, "The body is larger than " + limit + " bytes.", context.normalizedPath()));
            // The rest of the body is not wanted, so the connection cannot be used again.
            context.response()
                    .setStatusCode(413)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .putHeader(HttpHeaders.CONNECTION, "close")
                    .endHandler(end -> context.request().connection().close())
                    .end(body);
        } catch (JsonProcessingException e) {
            context.fail(e);
        }
    }
}
