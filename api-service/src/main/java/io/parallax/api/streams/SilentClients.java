package io.parallax.api.streams;

import io.netty.channel.Channel;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Ends the connections of clients that read nothing of their answers, or do not get done with sending their requests. */
@ApplicationScoped
public class SilentClients {
    private static final int BEFORE_ALL_ELSE = 10_001;
    private static final String NAME = "parallax-unread";

    private final Vertx vertx;
    private final Duration patience;
    private final UnreadBytes unread;

    SilentClients(Vertx vertx, StreamSettings settings, UnreadBytes unread) {
        this.vertx = vertx;
        this.unread = unread;
        this.patience = settings.patience();
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_ALL_ELSE);
    }

    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.connection() instanceof ConnectionBase connection) {
            watch(connection.channel());
        }
        if (hasBody(request)) {
            long timer = vertx.setTimer(patience.toMillis(), late -> endUnlessSent(request));
            context.addEndHandler(ended -> vertx.cancelTimer(timer));
        }
        context.next();
    }

    /** Once for each connection, whatever it is asked for. */
    private void watch(Channel channel) {
        if (channel.pipeline().get(NAME) == null) {
            channel.pipeline().addFirst(NAME, new UnreadAnswers(patience));
            unread.add(channel);
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }

    private static void endUnlessSent(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.connection().close();
        }
    }
}
