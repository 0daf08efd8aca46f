package io.parallax.api.events;

import io.parallax.api.datasources.SourceVault;
import io.parallax.contract.HostRules;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Posts events to webhooks, each until it is taken or has been tried often enough. */
@ApplicationScoped
public class Deliveries {
    private static final Logger LOG = Logger.getLogger(Deliveries.class);
    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final Duration SETTLE_PAUSE = Duration.ofMillis(200);
    private static final int SETTLE_TRIES = 5;

    /** $1 the first pause in seconds: what is due, put off until the try after this one. */
    private static final String DUE =
            """
            update delivery d
            set tries = d.tries + 1, due_at = now() + least(power(2, least(d.tries, 20)) * $1, 21600) * interval '1 second'
            from event e, webhook w
            where e.id = d.event and w.id = d.webhook and d.id in (
                select id from delivery where delivered_at is null and gave_up_at is null and due_at <= now()
                order by due_at limit 50 for update skip locked)
            returning d.id as delivery, d.tries, w.id as webhook, w.url, w.sealed, e.id, e.diff, e.type, e.at, e.data""";

    /** $1 delivery, $2 whether it was taken, $3 outcome, $4 whether it was the last try. */
    private static final String SETTLE =
            """
            update delivery set outcome = $3, delivered_at = case when $2 then now() end,
                                gave_up_at = case when not $2 and $4 then now() end
            where id = $1""";

    private final Pool store;
    private final SourceVault vault;
    private final EventSettings settings;
    private final HostRules rules;
    private final HttpClient http;

    Deliveries(Pool store, SourceVault vault, EventSettings settings) {
        this.store = store;
        this.vault = vault;
        this.settings = settings;
        this.rules = HostRules.of(
                settings.allowedHosts().orElse(null), settings.deniedHosts().orElse(null));
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.webhookTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Posts what is due. */
    public Uni<Void> sweep() {
        return store.preparedQuery(DUE)
                .execute(Tuple.of((double) settings.webhookPause().toMillis() / 1000))
                .onItem()
                .transformToMulti((RowSet<Row> rows) -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndMerge(this::deliver)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> deliver(Row row) {
        return Uni.createFrom()
                .item(() -> permitted(request(row)))
                // Names are looked up, which may take its time.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(request -> Uni.createFrom()
                        .completionStage(http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())))
                .map(Deliveries::status)
                .map(status -> new Outcome(status >= OK && status < MULTIPLE_CHOICES, "HTTP " + status))
                .onFailure()
                .recoverWithItem(
                        failure -> new Outcome(false, failure.getClass().getSimpleName()))
                .chain(outcome -> settle(row, outcome));
    }

    /** Nobody reads what else is answered; it may have no end, and the others wait. */
    private static int status(HttpResponse<InputStream> response) {
        try (InputStream unread = response.body()) {
            return response.statusCode();
        } catch (IOException e) {
            return response.statusCode();
        }
    }

    /**
     * The request, unless its host has an address that is forbidden. It is connected to right after this, while the JVM goes by the
     * addresses that were looked up here.
     */
    private HttpRequest permitted(HttpRequest request) {
        try {
            for (InetAddress address : InetAddress.getAllByName(request.uri().getHost())) {
                if (!rules.permit(address)) {
                    throw new ForbiddenHostException();
                }
            }
            return request;
        } catch (UnknownHostException e) {
            throw new UnknownWebhookException(e);
        }
    }

    // Their names are what stands as the outcome of a try.

    private static final class UnknownWebhookException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownWebhookException(UnknownHostException cause) {
            super(cause);
        }
    }

    private static final class ForbiddenHostException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** How a try went. */
    private record Outcome(boolean taken, String words) {}

    private HttpRequest request(Row row) {
        CloudEvent event = CloudEvent.of(row);
        byte[] body = event.json(settings.source());
        String secret = vault.openText(Webhooks.context(row.getLong("webhook")), row.getString("sealed"));
        return HttpRequest.newBuilder(URI.create(row.getString("url")))
                .timeout(settings.webhookTimeout())
                .header("Content-Type", CloudEvent.CONTENT_TYPE)
                .header(
                        WebhookSignature.HEADER,
                        WebhookSignature.of(secret, Instant.now().getEpochSecond(), body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private Uni<Void> settle(Row row, Outcome outcome) {
        boolean last = row.getInteger("tries") >= settings.webhookTries();
        if (!outcome.taken() && last) {
            LOG.warnf(
                    "Webhook %d did not take event %s: %s", row.getLong("webhook"), row.getUUID("id"), outcome.words());
        }
        // What was taken is not to be posted again only because the store is busy; nor are others to be given up for
        // it.
        return Uni.createFrom()
                .deferred(() -> store.preparedQuery(SETTLE)
                        .execute(Tuple.of(row.getLong("delivery"), outcome.taken(), outcome.words(), last)))
                .onFailure()
                .retry()
                .withBackOff(SETTLE_PAUSE)
                .atMost(SETTLE_TRIES)
                .onFailure()
                .invoke(failure -> LOG.warnf("What became of a delivery is not noted, so it is due again: %s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
