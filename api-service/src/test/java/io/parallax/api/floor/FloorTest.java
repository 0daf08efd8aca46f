package io.parallax.api.floor;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.parallax.api.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What load figures stand beside, where an operator wants it. */
@QuarkusTest
@TestProfile(FloorTest.Enabled.class)
class FloorTest extends ServiceTest {
    @Test
    void readsOneRow() {
        long diff = newDiff(Map.of()).extract().jsonPath().getLong("id");
        client().get("/api/v1/floor/" + diff).then().statusCode(200).body("status", not(equalTo("done")));
        client().get("/api/v1/floor/999999").then().statusCode(404);
    }

    @Test
    void writesADiffThatIsOver() {
        long records = records("floor");
        long diffs = floors();
        write(client(), "{\"data_source1_id\": 1, \"data_source2_id\": 2, \"table1\": [\"a\"]}")
                .statusCode(200)
                .body("status", equalTo("cancelled"));
        assertThat(floors()).isEqualTo(diffs + 1);
        assertThat(records("floor")).isEqualTo(records);
        long id = one("select max(id) from diff where request = '{}'", Tuple.tuple(), Long.class);
        client().get("/api/v1/datadiffs/" + id).then().statusCode(200).body("status", equalTo("cancelled"));
        client().get("/api/v1/datadiffs").then().statusCode(200);
        write(client(), "no JSON").statusCode(422);
    }

    @Test
    void notesOneCall() {
        long before = records("floor/note");
        client().post("/api/v1/floor/note").then().statusCode(200).body("status", equalTo("on record"));
        assertThat(records("floor/note")).isEqualTo(before + 1);
    }

    @Test
    void letsNobodyInWithoutAKey() {
        given().get("/api/v1/floor/1").then().statusCode(401);
        write(given(), "{}").statusCode(401);
        given().post("/api/v1/floor/note").then().statusCode(401);
    }

    @Test
    void isNoPartOfTheApi() {
        given().get("/q/openapi").then().statusCode(200).body(not(containsString("/floor")));
    }

    private static ValidatableResponse write(RequestSpecification caller, String body) {
        return caller.contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/floor")
                .then();
    }

    private long records(String path) {
        return one("select count(*) from audit where path = $1", Tuple.of("/api/v1/" + path), Long.class);
    }

    private long floors() {
        return one("select count(*) from diff where request = '{}'", Tuple.tuple(), Long.class);
    }

    /** The floor is there. */
    public static final class Enabled implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parallax.floor.enabled", "true");
        }
    }
}
