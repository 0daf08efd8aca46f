package io.parallax.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
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
    void writesOneRow() {
        long before = records();
        client().post("/api/v1/floor").then().statusCode(200).body("status", equalTo("on record"));
        assertThat(records()).isEqualTo(before + 1);
    }

    @Test
    void letsNobodyInWithoutAKey() {
        given().get("/api/v1/floor/1").then().statusCode(401);
        given().post("/api/v1/floor").then().statusCode(401);
    }

    @Test
    void isNoPartOfTheApi() {
        given().get("/q/openapi").then().statusCode(200).body(not(containsString("/floor")));
    }

    private long records() {
        return one("select count(*) from audit where path = '/api/v1/floor'", Tuple.tuple(), Long.class);
    }

    /** The floor is there. */
    public static final class Enabled implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parallax.floor.enabled", "true");
        }
    }
}
