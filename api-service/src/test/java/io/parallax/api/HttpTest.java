package io.parallax.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.startsWith;

import io.parallax.api.security.ApiKey;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every call: keys, problems, documents, health. */
@QuarkusTest
class HttpTest extends ServiceTest {
    @TestHTTPResource("/api/v1/datadiffs")
    URI datadiffs;

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
        given().get("/q/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.find { it.name == 'store' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'kafka' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'kafka' }.data.reachable", equalTo(false));
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
