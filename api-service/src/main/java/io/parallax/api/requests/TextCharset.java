package io.parallax.api.requests;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/** Says of every text that it is UTF-8, as some readers take one for something else; of JSON everybody knows. */
@ApplicationScoped
public class TextCharset {
    private static final int BEFORE_ALL_ELSE = 20_000;
    private static final Pattern TEXT = Pattern.compile("(text/[^;]+|application/(?:x-ndjson|sql))(?:;.*)?");

    void register(@Observes Filters filters) {
        filters.register(TextCharset::check, BEFORE_ALL_ELSE);
    }

    private static void check(RoutingContext context) {
        context.addHeadersEndHandler(end -> say(context.response()));
        context.next();
    }

    /** Whoever wrote them, streams too. */
    private static void say(HttpServerResponse response) {
        String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
        if (type != null && TEXT.matcher(type).matches()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT.matcher(type).replaceFirst("$1;charset=utf-8"));
        }
    }
}
