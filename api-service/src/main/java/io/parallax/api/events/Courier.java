package io.parallax.api.events;

import io.parallax.contract.HostRules;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;

/** Takes an event to a receiver, in its format, signed. */
@ApplicationScoped
class Courier {
    private final EventSettings settings;
    private final WebhookClient client;

    Courier(EventSettings settings, Vertx vertx, Lookups.Names names) {
        this.settings = settings;
        this.client = new WebhookClient(
                vertx,
                new HttpClientOptions(),
                HostRules.of(
                        settings.allowedHosts().orElse(null),
                        settings.deniedHosts().orElse(null)),
                names,
                settings.webhookTimeout());
    }

    /** As this machine knows them. */
    @Produces
    @DefaultBean
    @Singleton
    static Lookups.Names names() {
        return InetAddress::getAllByName;
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** What comes of it; it never fails. */
    Uni<Outcome> take(CloudEvent event, Receiver receiver, int turn) {
        return Uni.createFrom()
                .deferred(() -> post(event, receiver, turn))
                .map(Outcome::answered)
                .onFailure()
                .recoverWithItem(Outcome::failed);
    }

    private Uni<Integer> post(CloudEvent event, Receiver receiver, int turn) {
        byte[] body = receiver.format().body(event, settings.source());
        Map<String, String> headers = WebhookSignature.headers(
                receiver.secrets(), event.id().toString(), Instant.now().getEpochSecond(), body);
        headers.put(HttpHeaders.CONTENT_TYPE.toString(), receiver.format().contentType);
        return client.post(receiver.url(), turn, headers, body);
    }
}
