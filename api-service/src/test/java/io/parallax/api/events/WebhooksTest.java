package io.parallax.api.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parallax.api.LedgerScenario;
import io.parallax.contract.ErrorType;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What receivers of webhooks are told, how, and in which order. */
@QuarkusTest
class WebhooksTest extends LedgerScenario {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** At a time. */
    private static final int LOOKUPS = 64;

    /** A fifth of what a receiver may take to answer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @Inject
    Deliveries deliveries;

    @Inject
    Webhooks webhooks;

    private record Post(String path, Headers headers, byte[] body) {
        String header(String name) {
            return headers.getFirst(name);
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        String type() {
            return json().path("type").asText().replaceAll(".*\\.", "");
        }
    }

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/hook", exchange -> {
            read(exchange);
            answer(exchange, refusals.getAndDecrement() > 0 ? UNAVAILABLE : OK);
        });
        receiver.createContext("/hang", exchange -> {
            read(exchange);
            held.countDown();
            uninterrupted(end);
            answer(exchange, UNAVAILABLE);
        });
        receiver.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(OK, 0);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
        });
        receiver.start();
    }

    private void read(HttpExchange exchange) throws IOException {
        posts.add(new Post(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes()));
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        end.countDown();
        receiver.stop(0);
        threads.shutdownNow();
        execute("update webhook set deleted_at = now() where deleted_at is null");
    }

    private JsonPath webhook(String path, String more) {
        return webhook("127.0.0.1", path, more);
    }

    private JsonPath webhook(String host, String path, String more) {
        return client().body("{\"url\": \"http://%s:%d%s\", \"every_diff\": false %s}"
                        .formatted(host, receiver.getAddress().getPort(), path, more))
                .post("/api/v1/webhooks")
                .then()
                .statusCode(OK)
                .body("secret", startsWith("whsec_"))
                .extract()
                .jsonPath();
    }

    private static long diffFor(Long... webhooks) {
        return newDiff(Map.of("webhook_ids", List.of(webhooks)))
                .extract()
                .jsonPath()
                .getLong("id");
    }

    private static void cancel(long diff) {
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().statusCode(OK);
    }

    private void deliver() {
        deliveries.sweep().await().atMost(AT_ONCE);
    }

    private void due(long webhook) {
        execute("update delivery set due_at = now() where webhook = $1", webhook);
    }

    private List<Post> posted(String path) {
        return posts.stream().filter(post -> post.path().equals(path)).toList();
    }

    private static ValidatableResponse log(long webhook, String query) {
        return client().get("/api/v1/webhooks/" + webhook + "/deliveries" + query)
                .then()
                .statusCode(OK);
    }

    private static void awaitLog(long webhook, String query, int count) {
        await(() -> log(webhook, query).body("count", equalTo(count)));
    }

    @Test
    void postsSignedEventsUntilTheyAreTaken() {
        JsonPath hook = webhook("/hook", ", \"events\": [\"created\", \"cancelled\"]");
        long id = hook.getLong("id");
        refusals.set(1);
        long diff = diffFor(id);
        newDiff();
        deliver();
        await(() -> log(id, "").body("results.outcome", contains("HTTP 503")));
        deliver();
        assertThat(posts).hasSize(1);
        due(id);
        deliver();
        awaitLog(id, "?status=delivered", 1);
        cancel(diff);
        deliver();
        awaitLog(id, "?status=delivered", 2);
        due(id);
        deliver();

        assertThat(posts).hasSize(3);
        assertThat(posts.get(0).json()).isEqualTo(posts.get(1).json());
        assertThat(posts).extracting(Post::type).containsExactly("created", "created", "cancelled");
        Post post = posts.get(2);
        assertThat(post.header("Content-Type")).isEqualTo("application/cloudevents+json");
        assertThat(post.header("webhook-id")).isEqualTo(post.json().path("id").asText());
        assertSigned(post, hook.getString("secret"));

        client().get("/api/v1/webhooks")
                .then()
                .statusCode(OK)
                .body("find { it.id == %d }.secret".formatted(id), nullValue());
        client().delete("/api/v1/webhooks/" + id).then().statusCode(204);
        client().delete("/api/v1/webhooks/" + id).then().statusCode(404);
        assertThat(one("select sealed from webhook where id = $1", Tuple.of(id), String.class))
                .isEmpty();
    }

    /** By each of these secrets, in both ways. */
    private static void assertSigned(Post post, String... secrets) {
        String seconds = post.header("webhook-timestamp");
        String before = post.header("webhook-id") + "." + seconds + ".";
        assertThat(post.header("webhook-signature"))
                .isEqualTo(String.join(
                        " ",
                        Arrays.stream(secrets)
                                .map(secret -> "v1,"
                                        + Base64.getEncoder()
                                                .encodeToString(hmac(
                                                        Base64.getDecoder().decode(secret.substring("whsec_".length())),
                                                        before,
                                                        post.body())))
                                .toList()));
        assertThat(post.header("Parallax-Signature"))
                .isEqualTo("t=" + seconds
                        + String.join(
                                "",
                                Arrays.stream(secrets)
                                        .map(secret -> ",v1="
                                                + HexFormat.of()
                                                        .formatHex(hmac(
                                                                secret.getBytes(StandardCharsets.UTF_8),
                                                                seconds + ".",
                                                                post.body())))
                                        .toList()));
    }

    private static byte[] hmac(byte[] key, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneThatHangsDelaysOnlyItself() {
        long stuck = webhook("/hang", ", \"events\": [\"created\"]").getLong("id");
        long sound = webhook("/hook", ", \"events\": [\"created\"]").getLong("id");
        for (int i = 0; i < 60; i++) {
            diffFor(stuck);
        }
        deliver();
        uninterrupted(held);
        long last = diffFor(stuck, sound);
        deliver();

        // While the other one still hangs
        await(() -> assertThat(posted("/hook"))
                .extracting(post -> post.json().at("/data/id").asLong())
                .contains(last));
        awaitLog(sound, "?status=delivered", 1);
        log(stuck, "?status=waiting").body("count", equalTo(61));
        // And it is not asked for everything at once
        assertThat(posted("/hang")).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void aNameThatCouldNotBeLookedUpHasCostNoTry() {
        NamesForTests.hang();
        try {
            Long[] lost = IntStream.range(0, LOOKUPS)
                    .mapToObj(i -> webhook(i + ".lost.example", "/hook", ", \"events\": [\"created\"]")
                            .getLong("id"))
                    .toArray(Long[]::new);
            long sound = webhook("/hook", ", \"events\": [\"created\"]").getLong("id");
            diffFor(lost);
            deliver();
            await(() -> assertThat(NamesForTests.hanging()).isEqualTo(LOOKUPS));

            // When
            diffFor(sound);
            deliver();

            // Then
            await(() -> log(sound, "").body("results.outcome", contains("Too many names are being looked up.")));
            log(sound, "?status=waiting")
                    .body("results.tries", contains(0))
                    .body("results.tried_at", contains(nullValue()));
            assertThat(one(
                            "select due_at < now() + interval '2 seconds' from delivery where webhook = $1",
                            Tuple.of(sound),
                            Boolean.class))
                    .isTrue();

            // When there is room again
            NamesForTests.goOn();
            await(() -> {
                due(sound);
                deliver();
                log(sound, "?status=delivered").body("results", hasSize(1));
            });
        } finally {
            NamesForTests.goOn();
        }
    }

    @Test
    void aReceiverHearsTheEventsOfADiffInOrder() {
        long id = webhook("/hook", ", \"events\": [\"created\", \"cancelled\"]").getLong("id");
        refusals.set(1);
        long diff = diffFor(id);
        deliver();
        await(() -> log(id, "").body("results.outcome", contains("HTTP 503")));
        cancel(diff);
        deliver();
        log(id, "").body("results.event", contains("cancelled", "created")).body("results.tries", contains(0, 1));

        execute(
                "update delivery set due_at = now() where webhook = $1 and event = (select id from event where diff = $2 and type = 'created')",
                id,
                diff);
        deliver();

        // The second one as soon as the first is taken, whatever it was put off to
        awaitLog(id, "?status=delivered", 2);
        assertThat(posts).extracting(Post::type).containsExactly("created", "created", "cancelled");
    }

    @Test
    void whatIsGivenUpHoldsUpNothing() {
        long id = webhook("/hook", ", \"events\": [\"created\", \"cancelled\"]").getLong("id");
        refusals.set(15);
        cancel(diffFor(id));
        await(() -> {
            execute(
                    "update delivery set due_at = now() where webhook = $1 and tries < 15 and due_at > now() and outcome is not null",
                    id);
            deliver();
            log(id, "?status=delivered").body("count", equalTo(1));
        });
        log(id, "")
                .body("results.event", contains("cancelled", "created"))
                .body("results.status", contains("delivered", "failed"))
                .body("results.outcome", contains("HTTP 200", "HTTP 503"))
                .body("results.tries", contains(1, 15));
        assertThat(posts).hasSize(16);
    }

    @Test
    void manyAreToldAtOnceAndEachOnce() {
        long id = webhook("/hook", ", \"events\": [\"created\", \"cancelled\"]").getLong("id");
        List<Long> diffs = Stream.generate(() -> diffFor(id)).limit(30).toList();
        diffs.forEach(WebhooksTest::cancel);
        // By one sweep: each that is taken has the next one sent.
        deliver();
        deliver();
        awaitLog(id, "?status=delivered", 60);
        assertThat(posts).hasSize(60);
        assertThat(diffs).allSatisfy(diff -> assertThat(posts.stream()
                        .filter(post -> post.json().at("/data/id").asLong() == diff)
                        .map(Post::type))
                .containsExactly("created", "cancelled"));
    }

    @Test
    void aDeletedWebhookStaysDeleted() {
        long id = webhook("/hang", ", \"events\": [\"created\"]").getLong("id");
        diffFor(id);
        deliver();
        uninterrupted(held);
        client().delete("/api/v1/webhooks/" + id).then().statusCode(204);
        // What was found for it just then
        long other = webhook("/hook", ", \"events\": [\"created\"]").getLong("id");
        diffFor(other);
        execute("update delivery set webhook = $1 where webhook = $2", id, other);
        end.countDown();
        diffFor(other);
        deliver();
        awaitLog(other, "?status=delivered", 1);

        webhooks.forget().await().atMost(PATIENCE);
        due(id);
        deliver();
        assertThat(posts).hasSize(2);
        assertThat(one(
                        "select count(*) from delivery where webhook = $1 and gave_up_at is not null and delivered_at is null and outcome = 'The webhook was deleted.'",
                        Tuple.of(id),
                        Long.class))
                .isEqualTo(2);
        for (String path : List.of("/deliveries", "/test", "/secret")) {
            client().body("{}")
                    .request(path.equals("/deliveries") ? "GET" : "POST", "/api/v1/webhooks/" + id + path)
                    .then()
                    .statusCode(404);
        }
    }

    /** A receiver that is down for long, with more than it could be asked to take one by one. */
    @Test
    void whatIsTooOldIsGivenUp() {
        long id = webhook("/hook", ", \"events\": [\"created\"]").getLong("id");
        long old = diffFor(id);
        long young = diffFor(id);
        execute("update event set at = now() - interval '8 days' where diff = $1", old);
        webhooks.forget().await().atMost(PATIENCE);
        log(id, "?status=failed")
                .body("results.datadiff_id", contains((int) old))
                .body("results.outcome", contains("It is too old."));
        log(id, "?status=waiting").body("results.datadiff_id", contains((int) young));
    }

    @Test
    void secretsRotate() {
        JsonPath hook = webhook("/hook", ", \"events\": [\"created\"]");
        long id = hook.getLong("id");
        JsonPath changed = client().body("{\"overlap_seconds\": 600}")
                .post("/api/v1/webhooks/" + id + "/secret")
                .then()
                .statusCode(OK)
                .body("secret", startsWith("whsec_"))
                .body("previous_secret_until", notNullValue())
                .extract()
                .jsonPath();
        test(id).body("delivered", equalTo(true));
        assertSigned(posts.get(0), changed.getString("secret"), hook.getString("secret"));

        execute("update webhook set previous_until = now() - interval '1 second' where id = $1", id);
        test(id);
        assertSigned(posts.get(1), changed.getString("secret"));
        webhooks.forget().await().atMost(PATIENCE);
        assertThat(one("select previous_sealed from webhook where id = $1", Tuple.of(id), String.class))
                .isNull();

        String own = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
        client().body(Map.of("secret", own, "overlap_seconds", 0))
                .post("/api/v1/webhooks/" + id + "/secret")
                .then()
                .statusCode(OK)
                .body("secret", equalTo(own))
                .body("previous_secret_until", nullValue());
        diffFor(id);
        deliver();
        awaitLog(id, "?status=delivered", 1);
        assertSigned(posts.get(2), own);

        client().body(Map.of("secret", "whsec_no", "overlap_seconds", -1, "more", 1))
                .post("/api/v1/webhooks/" + id + "/secret")
                .then()
                .statusCode(422)
                .body("detail", hasSize(3));
        client().body(Map.of("secret", "whsec_ is no Base64 at all"))
                .post("/api/v1/webhooks/" + id + "/secret")
                .then()
                .statusCode(422)
                .body("detail[0].type", equalTo("base64"));
    }

    private static ValidatableResponse test(long webhook) {
        return client().post("/api/v1/webhooks/" + webhook + "/test").then().statusCode(OK);
    }

    @Test
    void canBeTested() {
        long id = webhook("/hook", "").getLong("id");
        refusals.set(1);
        test(id).body("delivered", equalTo(false)).body("outcome", equalTo("HTTP 503"));
        test(id).body("delivered", equalTo(true)).body("outcome", equalTo("HTTP 200"));
        assertThat(posts.get(1).json().path("type").asText()).isEqualTo("io.parallax.webhook.test");
        assertThat(posts.get(1).json().path("subject").asText()).isEqualTo("webhooks/" + id);
        log(id, "").body("count", equalTo(0)).body("results", hasSize(0));

        test(webhook("127.0.0.9", "/hook", "").getLong("id"))
                .body("delivered", equalTo(false))
                .body("outcome", equalTo("The host is in a network that webhooks may not be in."));
        execute("update webhook set url = 'http://127.0.0.1:1/' where id = $1", id);
        test(id).body("outcome", equalTo("Nobody answers at this address."));
        execute("update webhook set url = 'http://no.such.host.invalid/' where id = $1", id);
        test(id).body("outcome", equalTo("Nobody knows a host of this name."));
        execute("update webhook set sealed = 'AAAA' where id = $1", id);
        test(id).body("outcome", startsWith("The webhook's secret was sealed with another key"));
    }

    @Test
    void theLogHasPages() {
        long id = webhook("/hook", "").getLong("id");
        long diff = diffFor(id);
        cancel(diff);
        log(id, "?page_size=1&page=2")
                .body("count", equalTo(2))
                .body("total_pages", equalTo(2))
                .body("results[0].event", equalTo("created"))
                .body("results[0].datadiff_id", equalTo((int) diff))
                .body("results[0].status", equalTo("waiting"))
                .body("results[0].next_try_at", notNullValue())
                .body("results[0].ended_at", nullValue());
        client().get("/api/v1/webhooks/" + id + "/deliveries?status=lost")
                .then()
                .statusCode(422)
                .body("detail[0].loc", equalTo(List.of("query", "status")));
    }

    private static Tally tally(long differing) {
        return new Tally(
                Sides.of(4, 4), Sides.ZERO, Sides.ZERO, Sides.of(4, 4), Sides.ZERO, 4, differing, List.of(differing));
    }

    private long ended(long differing, Long... webhooks) {
        long diff = diffFor(webhooks);
        plan(diff, 1, "v");
        issued(diff, 1).forEach(task -> report(done(task, tally(differing))));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        return diff;
    }

    @Test
    void tellsOfWhatReceiversWantToKnow() {
        Long always = webhook("/hook", "").getLong("id");
        Long different = webhook("/hook", ", \"only_if\": \"different\"").getLong("id");
        Long failed = webhook("/hook", ", \"only_if\": \"failed\", \"events\": [\"failed\"]")
                .getLong("id");
        ended(0, always, different, failed);
        long differing = ended(2, always, different, failed);
        long failing = diffFor(always, different, failed);
        await(() -> assertThat(planningJobs(failing)).isNotEmpty());
        report(failed(planningJobs(failing).get(0).address(), 1, ErrorType.QUERY_ERROR));
        await(() -> assertThat(status(failing)).isEqualTo("failed"));
        cancel(diffFor(always, different, failed));

        log(always, "").body("count", equalTo(8));
        log(different, "").body("results.event", contains("finished")).body("results.datadiff_id", contains((int)
                differing));
        log(failed, "").body("results.event", contains("failed")).body("results.datadiff_id", contains((int) failing));
        client().get("/api/v1/webhooks")
                .then()
                .body("find { it.id == %d }.only_if".formatted(different), equalTo("different"))
                .body("find { it.id == %d }.only_if".formatted(always), equalTo("always"));
    }

    @ParameterizedTest
    @CsvSource({"different, created", "different, failed", "failed, finished", "failed, cancelled"})
    void refusesEventsThatWouldNeverBeTold(String onlyIf, String event) {
        client().body(Map.of("url", "https://x", "only_if", onlyIf, "events", List.of(event)))
                .post("/api/v1/webhooks")
                .then()
                .statusCode(422)
                .body("detail.loc", contains(List.of("body", "events")));
    }

    @Test
    void speaksToSlack() {
        long id = webhook("/hook", ", \"format\": \"slack\", \"only_if\": \"different\"")
                .getLong("id");
        long diff = ended(3, id);
        deliver();
        awaitLog(id, "?status=delivered", 1);
        assertThat(posts.get(0).header("Content-Type")).isEqualTo("application/json");
        assertThat(posts.get(0).json().size()).isEqualTo(1);
        assertThat(posts.get(0).json().path("text").asText())
                .isEqualTo("*Diff " + diff + " is done: values or columns differ.* A: `a`, B: `b`. 4 rows in A, 4 in B."
                        + " Of 4 compared rows, 3 differ. 0 keys are in A only, 0 in B only.");
    }

    /** Others wait for their turn. */
    @Test
    void waitsForNoAnswerThatHasNoEnd() {
        long id = webhook("/endless", ", \"events\": [\"created\"]").getLong("id");
        diffFor(id);
        deliver();
        await(() -> log(id, "").body("results.outcome", contains("HTTP 200")));
    }

    @Test
    void postsNothingToWhereItIsForbidden() {
        long id = webhook("127.0.0.9", "/hook", ", \"events\": [\"created\"]").getLong("id");
        diffFor(id);
        deliver();
        await(() ->
                log(id, "").body("results.outcome", contains("The host is in a network that webhooks may not be in.")));
        assertThat(posts).isEmpty();
    }

    @Test
    void refusesWebhooksThatAreNone() {
        client().body(
                        """
                        {"url": "ftp://x", "secret": "short", "events": ["x"], "every_diff": 1, "more": 1,
                         "only_if": "never", "format": "x"}""")
                .post("/api/v1/webhooks")
                .then()
                .statusCode(422)
                .body("detail", hasSize(7));
        client().body(Map.of("url", "http://x", "secret", "x".repeat(201)))
                .post("/api/v1/webhooks")
                .then()
                .statusCode(422)
                .body("detail[0].type", equalTo("too_long"));
        long source = newSource("");
        for (Object ids : List.of(List.of(999_999_999), "x")) {
            client().body(Map.of(
                            "data_source1_id",
                            source,
                            "data_source2_id",
                            source,
                            "table1",
                            List.of("a"),
                            "table2",
                            List.of("b"),
                            "pk_columns",
                            List.of("id"),
                            "webhook_ids",
                            ids))
                    .post("/api/v1/datadiffs")
                    .then()
                    .statusCode(422)
                    .body("detail[0].loc[1]", equalTo("webhook_ids"));
        }
    }
}
