package io.parallax.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.HostRules;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name is looked up once, and it is that address which is called. */
class WebhookClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASSWORD = "of a test";

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static PfxOptions certificate;

    private final Queue<String> addresses = new ArrayDeque<>();
    private final List<String> lookedUp = new ArrayList<>();
    private final BlockingQueue<HttpServerRequest> requests = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void certify() throws IOException, InterruptedException {
        vertx = Vertx.vertx();
        Path store = directory.resolve("hook.p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hook",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=hook.example",
                        "-ext",
                        "san=dns:hook.example",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor()).as(said).isZero();
        certificate = new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
    }

    @AfterAll
    static void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private int serve(boolean secure, int... status) {
        HttpServer server = vertx.createHttpServer(
                new HttpServerOptions().setSsl(secure).setKeyCertOptions(secure ? certificate.copy() : null));
        server.requestHandler(request -> {
            requests.add(request);
            for (int one : status) {
                request.response().setStatusCode(one).end();
            }
        });
        server.connectionHandler(connection -> connection.closeHandler(closed::complete));
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        open.add(() -> server.close().toCompletionStage().toCompletableFuture().join());
        return server.actualPort();
    }

    /** Whatever is asked for. */
    private InetAddress[] addresses(String host) throws UnknownHostException {
        lookedUp.add(host);
        String all = addresses.remove();
        List<InetAddress> found = new ArrayList<>();
        for (String one : all.split(" ")) {
            found.add(InetAddress.getByName(one));
        }
        return found.toArray(InetAddress[]::new);
    }

    private WebhookClient client(HttpClientOptions options, Duration patience) {
        return client(options, patience, this::addresses);
    }

    private WebhookClient client(HttpClientOptions options, Duration patience, Lookups.Names names) {
        WebhookClient client = new WebhookClient(vertx, options, HostRules.of(null, "127.0.0.8/30"), names, patience);
        open.add(client);
        return client;
    }

    private static int post(WebhookClient client, String url, int turn) {
        return client.post(URI.create(url), turn, Map.of("x", "y"), new byte[] {1, 2})
                .await()
                .atMost(PATIENCE);
    }

    private static HttpClientOptions trusting() {
        return new HttpClientOptions().setTrustOptions(certificate.copy());
    }

    @Test
    void callsTheAddressThatWasCheckedUnderTheName() throws InterruptedException {
        int port = serve(true, 204);
        // Whoever owns the name could have it stand for something else by then.
        addresses.addAll(List.of("127.0.0.1", "127.0.0.9"));
        assertThat(post(client(trusting(), PATIENCE), "https://hook.example:" + port + "/a%20b?c=d", 1))
                .isEqualTo(204);
        HttpServerRequest request = requests.take();
        assertThat(request.getHeader("Host")).isEqualTo("hook.example:" + port);
        assertThat(request.uri()).isEqualTo("/a%20b?c=d");
        assertThat(request.getHeader("x")).isEqualTo("y");
        assertThat(lookedUp).containsExactly("hook.example");
    }

    @Test
    void theAddressHasToProveThatItHasTheName() {
        int port = serve(true, 200);
        addresses.addAll(List.of("127.0.0.1", "127.0.0.1"));
        WebhookClient client = client(trusting(), PATIENCE);
        assertThatThrownBy(() -> post(client, "https://other.example:" + port, 1))
                .hasCauseInstanceOf(SSLException.class);
        WebhookClient plain = client(new HttpClientOptions(), PATIENCE);
        assertThatThrownBy(() -> post(plain, "https://hook.example:" + port, 1))
                .hasCauseInstanceOf(SSLException.class)
                .satisfies(failure ->
                        assertThat(Outcome.failed(failure.getCause()).words()).contains("TLS"));
        assertThat(requests).isEmpty();
    }

    @Test
    void callsNoAddressThatIsForbidden() {
        int port = serve(false, 200);
        addresses.addAll(List.of("127.0.0.9 127.0.0.10", "127.0.0.9 127.0.0.1"));
        WebhookClient client = client(new HttpClientOptions(), PATIENCE);
        assertThatThrownBy(() -> post(client, "http://hook.example:" + port, 1))
                .isInstanceOf(WebhookClient.Refusal.class);
        assertThat(requests).isEmpty();
        assertThat(post(client, "http://hook.example:" + port, 1)).isEqualTo(200);
    }

    @Test
    void eachAddressHasItsTurn() {
        int port = serve(false, 200);
        addresses.addAll(List.of("127.0.0.2 127.0.0.1", "127.0.0.2 127.0.0.1"));
        WebhookClient client = client(new HttpClientOptions(), PATIENCE);
        assertThatThrownBy(() -> post(client, "http://hook.example:" + port, 1)).satisfies(failure -> assertThat(
                        Outcome.failed(failure.getCause()).words())
                .isEqualTo("Nobody answers at this address."));
        assertThat(post(client, "http://hook.example:" + port, 2)).isEqualTo(200);
    }

    @Test
    void redirectsAreNotFollowed() {
        int port = serve(false, 302);
        addresses.add("127.0.0.1");
        assertThat(Outcome.answered(post(client(new HttpClientOptions(), PATIENCE), "http://hook.example:" + port, 1)))
                .isEqualTo(new Outcome(false, true, "HTTP 302"));
        assertThat(requests).hasSize(1);
    }

    @Test
    void oneThatDoesNotAnswerIsLeft() throws Exception {
        int port = serve(false);
        addresses.add("127.0.0.1");
        WebhookClient client = client(new HttpClientOptions(), Duration.ofSeconds(1));
        assertThatThrownBy(() -> post(client, "http://hook.example:" + port, 1))
                .isInstanceOf(WebhookClient.Refusal.class)
                .hasMessage("No answer within 1.0 s.");
        closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Ten times as long as anybody waits, by more than there are threads to look up names. */
    @Test
    void namesThatNobodyAnswersForHoldUpNobody() {
        int port = serve(false, 200);
        CountDownLatch answer = new CountDownLatch(1);
        open.add(answer::countDown);
        WebhookClient client = client(new HttpClientOptions(), Duration.ofSeconds(1), host -> {
            if (host.endsWith("lost.example")) {
                try {
                    answer.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new UnknownHostException(host);
                }
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        });
        Instant start = Instant.now();
        List<CompletableFuture<Integer>> lost = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            URI url = URI.create("http://" + i % 8 + ".lost.example:" + port);
            lost.add(client.post(url, 1, Map.of(), new byte[0]).subscribeAsCompletionStage());
        }
        assertThat(post(client, "http://hook.example:" + port, 1)).isEqualTo(200);
        assertThat(lost)
                .allSatisfy(one -> assertThatThrownBy(one::join).hasCauseInstanceOf(WebhookClient.Refusal.class));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }
}
