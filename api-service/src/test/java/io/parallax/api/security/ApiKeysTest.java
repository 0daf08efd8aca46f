package io.parallax.api.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.parallax.api.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys and what they may do. */
@QuarkusTest
class ApiKeysTest extends ServiceTest {
    private static JsonPath newKey(String role) {
        return client().body("{\"name\": \"for a test\", \"role\": \"" + role + "\"}")
                .post("/api/v1/api_keys")
                .then()
                .statusCode(200)
                .body("role", equalTo(role))
                .body("revoked_at", nullValue())
                .extract()
                .jsonPath();
    }

    private static RequestSpecification as(JsonPath key) {
        return given().header("Authorization", "Key " + key.getString("key")).contentType(ContentType.JSON);
    }

    @Test
    void letsEachRoleDoItsPart() {
        JsonPath reader = newKey("read");
        JsonPath writer = newKey("write");
        JsonPath admin = newKey("admin");
        for (JsonPath key : List.of(reader, writer, admin)) {
            as(key).get("/api/v1/datadiffs").then().statusCode(200);
            as(key).get("/api/v1/organization/meta").then().statusCode(200).body("user_id", equalTo(key.getInt("id")));
        }
        for (String method : List.of("POST", "PATCH", "DELETE")) {
            as(reader)
                    .body("{}")
                    .request(method, "/api/v1/data_sources/999999")
                    .then()
                    .statusCode(403);
        }
        as(reader).body("{}").post("/api/v1/datadiffs").then().statusCode(403).body("detail", containsString("write"));
        as(writer).body("{}").post("/api/v1/datadiffs").then().statusCode(422);
        for (String method : List.of("GET", "POST", "DELETE")) {
            for (JsonPath key : List.of(reader, writer)) {
                as(key).body("{}").request(method, "/api/v1/api_keys").then().statusCode(403);
                as(key).body("{}").request(method, "/api/v1/api_keys/1").then().statusCode(403);
            }
        }
        as(admin)
                .get("/api/v1/api_keys")
                .then()
                .statusCode(200)
                .body("id", hasItem(reader.getInt("id")))
                .body("key", not(hasItem(notNullValue())))
                .body(not(containsString(reader.getString("key"))));
    }

    @Test
    void keepsTheKeyToItself() {
        JsonPath key = newKey("read");
        assertThat(key.getString("key")).hasSize(43);
        String row = one(
                "select string_agg(k::text, '') from api_key k", io.vertx.mutiny.sqlclient.Tuple.tuple(), String.class);
        assertThat(row).doesNotContain(key.getString("key"));
    }

    @Test
    void revokesForGood() {
        JsonPath key = newKey("write");
        client().delete("/api/v1/api_keys/" + key.getInt("id")).then().statusCode(204);
        as(key).get("/api/v1/datadiffs").then().statusCode(401);
        client().delete("/api/v1/api_keys/" + key.getInt("id")).then().statusCode(204);
        client().delete("/api/v1/api_keys/999999").then().statusCode(404);
    }

    @Test
    void keepsTheLastAdmin() {
        List<Integer> others = client().get("/api/v1/api_keys")
                .jsonPath()
                .getList("findAll { it.role == 'admin' && it.revoked_at == null && it.name != 'first' }.id");
        others.forEach(id -> client().delete("/api/v1/api_keys/" + id).then().statusCode(204));
        int first = client().get("/api/v1/organization/meta").jsonPath().getInt("user_id");
        client().delete("/api/v1/api_keys/" + first)
                .then()
                .statusCode(409)
                .body("detail", containsString("make another one first"));
    }

    @Test
    void refusesKeysThatCannotBe() {
        client().body("{\"role\": \"root\", \"colour\": 1}")
                .post("/api/v1/api_keys")
                .then()
                .statusCode(422)
                .body("detail.type", equalTo(List.of("unknown", "missing", "enum")));
    }

    @Test
    void limitsWhatAKeyHasBegun() {
        int id = client().body("{\"name\": \"nightly\", \"role\": \"write\", \"max_active_diffs\": 5}")
                .post("/api/v1/api_keys")
                .then()
                .statusCode(200)
                .body("max_active_diffs", equalTo(5))
                .extract()
                .jsonPath()
                .getInt("id");
        change(id, "{}", 200).body("max_active_diffs", equalTo(5));
        change(id, "{\"max_active_diffs\": 7}", 200).body("max_active_diffs", equalTo(7));
        change(id, "{\"max_active_diffs\": 0}", 422).body("detail[0].type", equalTo("out_of_range"));
        change(id, "{\"max_active_diffs\": \"7\"}", 422);
        change(id, "{\"role\": \"admin\"}", 422).body("detail[0].type", equalTo("unknown"));
        change(id, "{\"max_active_diffs\": null}", 200).body("max_active_diffs", nullValue());
        change(999_999, "{\"max_active_diffs\": 7}", 404);
        change(999_999, "{}", 404);
    }

    private static ValidatableResponse change(int id, String body, int status) {
        return client().body(body).patch("/api/v1/api_keys/" + id).then().statusCode(status);
    }
}
