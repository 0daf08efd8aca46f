package io.parallax.api.requests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.parallax.api.Management;
import io.parallax.api.ServiceTest;
import io.parallax.api.StoreForTests;
import io.parallax.api.security.ApiKey;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every call: keys, problems, documents, health. */
@QuarkusTest
class HttpTest extends ServiceTest {
    private static final String META = "/api/v1/organization/meta";

    @TestHTTPResource("/api/v1/datadiffs")
    URI datadiffs;

    @Inject
    Vertx vertx;

    @Test
    void tellsClientsWhoTheyAre() {
        client().get("/api/v1/organization/meta")
                .then()
                .statusCode(200)
                .body("org_id", equalTo(1))
                .body("org_name", equalTo("Parallax"))
                .body("user_id", equalTo(1));
        given().header("Authorization", "Bearer " + StoreForTests.API_KEY)
                .get("/api/v1/organization/meta")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Key", "Key wrong", "Basic eDp5", "Key a b", StoreForTests.API_KEY})
    void letsNobodyInWithoutAKey(String header) {
        for (String path : new String[] {"organization/meta", "datadiffs", "no/such/thing"}) {
            given().header("Authorization", header)
                    .get("/api/v1/" + path)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", "Key")
                    .body("type", equalTo("about:blank"))
                    .body("title", equalTo("Unauthorized"))
                    .body("status", equalTo(401))
                    .body("instance", equalTo("/api/v1/" + path));
        }
        given().body("{}").post("/api/v1/datadiffs").then().statusCode(401);
    }

    @Test
    void aKeyMayDoWhatItsRoleAllows() {
        execute("insert into api_key (name, role, hash) values ('reader', 'read', $1)", (Object)
                Buffer.buffer(ApiKey.hash("a-key-to-read")));
        var reader = given().header("Authorization", "Key a-key-to-read").contentType("application/json");
        reader.get("/api/v1/datadiffs").then().statusCode(200);
        given().header("Authorization", "Key a-key-to-read")
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("detail", containsString("write"));
        execute("update api_key set revoked_at = now() where name = 'reader'");
        given().header("Authorization", "Key a-key-to-read")
                .get("/api/v1/datadiffs")
                .then()
                .statusCode(401);
    }

    private record Answer(int status, MultiMap headers, String body) {}

    /** From an address of its own, as others' keys are wrong now and then, too. */
    private CompletableFuture<Answer> from(String address, String key, String path) {
        io.vertx.core.http.HttpClient client = vertx.createHttpClient(new HttpClientOptions().setLocalAddress(address));
        return client.request(HttpMethod.GET, datadiffs.getPort(), "127.0.0.1", path)
                // A body is lost to who asks for it a moment after its response.
                .compose(request -> request.putHeader("Authorization", "Key " + key)
                        .send()
                        .compose(response -> response.body()
                                .map(body -> new Answer(response.statusCode(), response.headers(), body.toString()))))
                .onComplete(done -> client.close())
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS);
    }

    private List<CompletableFuture<Answer>> wrong(String address, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> from(address, "wrong", META))
                .toList();
    }

    private static long refused(List<CompletableFuture<Answer>> answers) {
        return answers.stream()
                .filter(CompletableFuture::isDone)
                .filter(answer -> answer.join().status() == 429)
                .count();
    }

    @Test
    void throttlesInvalidKeysBeforeTheyReachTheStore() {
        String address = "127.0.0.77";
        List<CompletableFuture<Answer>> answers = wrong(address, 100);
        answers.forEach(CompletableFuture::join);
        assertThat(refused(answers)).isBetween(1L, 40L);
        Answer refusal = answers.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refusal.headers().get("Content-Type")).startsWith("application/problem+json");
        assertThat(refusal.headers().get("Retry-After")).isEqualTo("1");
        assertThat(refusal.headers().get("RateLimit-Limit")).isEqualTo("60");
        assertThat(refusal.headers().get("RateLimit-Remaining")).isEqualTo("0");
        assertThat(refusal.body()).contains("from this address");
        // Pages take keys, too
        await(() -> assertThat(
                        from(address, "wrong", "/datadiffs/1/overview").join().status())
                .isEqualTo(429));

        // Nobody is locked out by others
        assertThat(from(address, StoreForTests.API_KEY, META).join().status()).isEqualTo(200);
        assertThat(from("127.0.0.78", "wrong", META).join().status()).isEqualTo(401);

        // While the store answers nobody who asks for a key
        List<CompletableFuture<Answer>> meanwhile = new ArrayList<>();
        store.withTransaction(tx -> tx.query("lock table api_key in access exclusive mode")
                        .execute()
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(() -> {
                            meanwhile.addAll(wrong(address, 60));
                            await(() -> assertThat(refused(meanwhile)).isGreaterThan(40));
                        }))
                .await()
                .atMost(Duration.ofSeconds(30));
        meanwhile.forEach(CompletableFuture::join);
    }

    /** Who was not valid on this replica so far, such as after its start. */
    @Test
    void aNewKeyIsKnownWhateverElseComesFromItsAddress() {
        String address = "127.0.0.79";
        await(() -> assertThat(refused(wrong(address, 100).stream()
                        .map(answer -> CompletableFuture.completedFuture(answer.join()))
                        .toList()))
                .isGreaterThan(90));
        execute("insert into api_key (name, role, hash) values ('late', 'read', $1)", (Object)
                Buffer.buffer(ApiKey.hash("a-late-key")));
        await(() -> {
            wrong(address, 10).forEach(CompletableFuture::join);
            assertThat(from(address, "a-late-key", META).join().status()).isEqualTo(200);
        });
    }

    @Test
    void everyErrorIsAProblem() {
        client().get("/api/v1/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("instance", equalTo("/api/v1/nothing"));
        client().delete("/api/v1/datadiffs").then().statusCode(405).contentType("application/problem+json");
        client().contentType("text/plain")
                .body("x")
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void takesWhatExistingClientsSendOfNoConsequence() {
        long source = newSource("");
        client().get("/api/v1/datadiffs/" + newDiff(source, source) + "?poll=1")
                .then()
                .statusCode(200);
        // The body's fault alone
        client().body("{}")
                .post("/api/v1/data_sources/" + source + "/query?stream=true")
                .then()
                .statusCode(422)
                .body("detail.loc", equalTo(List.of(List.of("body", "query"))));
    }

    @Test
    void hasNoFloorUnlessToldTo() {
        for (String path : new String[] {"floor", "floor/1", "nothing"}) {
            for (String method : new String[] {"GET", "POST", "DELETE"}) {
                client().request(method, "/api/v1/" + path)
                        .then()
                        .statusCode(404)
                        .contentType("application/problem+json")
                        .body("detail", equalTo("There is nothing at this address."));
            }
        }
    }

    @Test
    void soAreThoseOfIdsThatNothingCanHave() {
        client().get("/api/v1/datadiffs/" + "9".repeat(5000))
                .then()
                .statusCode(422)
                .contentType("application/problem+json");
        client().get("/api/v1/datadiffs/-7").then().statusCode(404).body("detail", equalTo("There is no diff -7."));
    }

    @Test
    void refusesBodiesThatAreTooLarge() throws Exception {
        byte[] body = new byte[1_100_000];
        client().body(body).post("/api/v1/datadiffs").then().statusCode(413).contentType("application/problem+json");

        // And those that do not say so beforehand
        HttpRequest chunked = HttpRequest.newBuilder(datadiffs)
                .header("Authorization", "Key " + StoreForTests.API_KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(chunked, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void healthTellsOfStoreAndKafka() {
        Management.get("/q/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.find { it.name == 'store' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'kafka' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'kafka' }.data.reachable", equalTo(false));
    }

    /** Kafka may be away for long when this service starts. */
    @Test
    void hasStartedWhetherKafkaIsThereOrNot() {
        Management.get("/q/health/started").then().statusCode(200).body("checks", empty());
    }

    @Test
    void clientsAreShownNeitherHealthNorMetrics() {
        Management.get("/q/metrics").then().statusCode(200).body(containsString("# HELP"));
        for (String path : List.of("/q/health", "/q/health/ready", "/q/health/live", "/q/metrics", "/q/metrics/")) {
            given().get(path).then().statusCode(404);
            client().get(path).then().statusCode(404);
        }
        given().get("/").then().statusCode(200).body(not(containsString("/q/health")));
    }

    @Test
    void documentsItself() {
        JsonPath document = given().header("Accept", "application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("info.title", equalTo("Parallax"))
                .body("openapi", startsWith("3.1"))
                .body("components.securitySchemes.ApiKey.name", equalTo("Authorization"))
                .body("security[0]", hasKey("ApiKey"))
                .body(
                        "components.responses.Problem.content.'application/problem+json'.schema.$ref",
                        endsWith("/Problem"))
                .body(
                        "paths.'/api/v1/datadiffs'.post.requestBody.content.'application/json'.schema.$ref",
                        endsWith("/DiffRequest"))
                .body(
                        "paths.'/api/v1/datadiffs'.post.responses.'200'.content.'application/json'.schema.$ref",
                        endsWith("/DataDiff"))
                .body("paths.'/api/v1/datadiffs'.post.responses.default.$ref", endsWith("/Problem"))
                .extract()
                .jsonPath();
        assertThat(document.getMap("paths"))
                .containsOnlyKeys(
                        "/api/v1/api_keys",
                        "/api/v1/api_keys/{id}",
                        "/api/v1/audit",
                        "/api/v1/webhooks",
                        "/api/v1/webhooks/{id}",
                        "/api/v1/webhooks/{id}/deliveries",
                        "/api/v1/webhooks/{id}/secret",
                        "/api/v1/webhooks/{id}/test",
                        "/api/v1/organization/meta",
                        "/api/v1/datadiffs",
                        "/api/v1/datadiffs/{id}",
                        "/api/v1/datadiffs/{id}/cancel",
                        "/api/v1/datadiffs/{id}/results",
                        "/api/v1/datadiffs/{id}/summary",
                        "/api/v1/datadiffs/{id}/events",
                        "/api/v1/datadiffs/{id}/repair",
                        "/api/v1/datadiffs/{id}/summary_results",
                        "/api/v1/data_sources",
                        "/api/v1/data_sources/{id}",
                        "/api/v1/data_sources/{id}/dataset_schema",
                        "/api/v1/data_sources/{id}/dataset_schema/{task_id}",
                        "/api/v1/data_sources/{id}/guess_pk",
                        "/api/v1/data_sources/{id}/query",
                        "/api/v1/data_sources/{id}/summary",
                        "/api/v1/data_sources/{id}/test",
                        "/api/v1/data_sources/test/{id}",
                        "/api/v1/data_sources/types");
        given().get("/q/swagger-ui/").then().statusCode(200).body(containsString("swagger"));
    }

    @Test
    void documentsEveryFieldOfADiff() {
        long source = newSource("");
        Map<String, Object> diff =
                diff(newDiff(source, source)).extract().jsonPath().getMap("");
        JsonPath document = given().header("Accept", "application/json")
                .get("/q/openapi?format=json")
                .jsonPath();
        assertThat(document.<String, Object>getMap("components.schemas.DataDiff.properties")
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(diff.keySet());
        Map<String, Map<String, Object>> properties = document.getMap("components.schemas.DataDiff.properties");
        assertThat(properties)
                .allSatisfy((name, schema) -> assertThat(schema).as(name).containsKey("description"));
        assertThat(document.<String, Object>getMap("components.schemas.DiffRequest.properties"))
                .containsKeys("data_source1_id", "diff_tolerances_per_column", "file1_options");
    }
}
