package io.parallax.api.events;

import io.parallax.contract.HostRules;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Posts to receivers. A name is looked up once, what it stands for is checked, and that very address is called, as a name may stand for
 * something else a moment later; by TLS the address has to prove that it has the name.
 */
final class WebhookClient implements AutoCloseable {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Of all webhooks of one host; there is no waiting for one another. */
    private static final int MOST_AT_ONE_ADDRESS = 1000;

    private final HttpClient http;
    private final HostRules rules;
    private final Lookups lookups;
    private final Duration patience;

    WebhookClient(Vertx vertx, HttpClientOptions options, HostRules rules, Lookups.Names names, Duration patience) {
        this.rules = rules;
        this.lookups = new Lookups(names, System::nanoTime);
        this.patience = patience;
        this.http = vertx.createHttpClient(new HttpClientOptions(options)
                // A connection is for the address that was checked for this delivery, and no receiver waits for
                // another's.
                .setKeepAlive(false)
                .setMaxPoolSize(MOST_AT_ONE_ADDRESS)
                .setConnectTimeout((int) patience.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) patience.multipliedBy(2).toMillis()));
    }

    /** A receiver that is not called, or not waited for, with the reason in words. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(String words) {
            super(words);
        }
    }

    /**
     * The status of the answer.
     *
     * @param turn from 1: of several addresses of a name each has its turn
     */
    Uni<Integer> post(URI url, int turn, Map<String, String> headers, byte[] body) {
        return lookups.addresses(url.getHost())
                .map(found -> request(url, address(found, turn), headers))
                .chain(request -> status(request, Buffer.buffer(body)))
                .ifNoItem()
                .after(patience)
                .failWith(() -> new Refusal("No answer within " + patience.toMillis() / 1000.0 + " s."));
    }

    private InetAddress address(List<InetAddress> found, int turn) {
        if (found.isEmpty()) {
            throw new Refusal("Nobody knows a host of this name.");
        }
        List<InetAddress> permitted = found.stream().filter(rules::permit).toList();
        if (permitted.isEmpty()) {
            throw new Refusal("The host is in a network that webhooks may not be in.");
        }
        return permitted.get(Math.floorMod(turn - 1, permitted.size()));
    }

    private static RequestOptions request(URI url, InetAddress address, Map<String, String> headers) {
        boolean isSecure = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : isSecure ? HTTPS : HTTP;
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
                .setSsl(isSecure)
                .setHost(url.getHost())
                .setPort(port)
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setFollowRedirects(false)
                .setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(headers));
    }

    /** Nobody reads what else is answered; it may have no end. */
    private Uni<Integer> status(RequestOptions options, Buffer body) {
        return Uni.createFrom()
                .completionStage(() -> http.request(options).toCompletionStage())
                .chain(request -> Uni.createFrom()
                        .completionStage(() ->
                                request.send(body).map(WebhookClient::status).toCompletionStage())
                        .onTermination()
                        .invoke(() -> request.connection().close()));
    }

    /** That we hang up while it goes on is no failure. */
    private static int status(HttpClientResponse response) {
        response.exceptionHandler(failure -> {});
        return response.statusCode();
    }

    @Override
    public void close() {
        lookups.close();
        http.close();
    }
}
