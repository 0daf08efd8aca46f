package io.parallax.api.links;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.parallax.api.ServiceTest;
import io.parallax.api.events.EventSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links of a service that is found somewhere else than it knows. */
@QuarkusTest
@TestProfile(PublicUrlTest.Behind.class)
class PublicUrlTest extends ServiceTest {
    private static final String URL = "https://diffs.example.com/parallax";

    @Inject
    EventSettings events;

    @Test
    void everyLinkBeginsWithIt() {
        client().get("/api/v1/nothing").then().statusCode(404).body("instance", equalTo(URL + "/api/v1/nothing"));
        given().get("/api/v1/datadiffs").then().body("instance", equalTo(URL + "/api/v1/datadiffs"));
        client().body(new byte[1_100_000])
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(413)
                .body("instance", equalTo(URL + "/api/v1/datadiffs"));
        given().get("/").then().body(containsString("href=\"" + URL + "/q/swagger-ui\""));
        given().get("/q/openapi?format=json").then().body("servers.url[0]", equalTo(URL));
        assertThat(events.source()).isEqualTo(URL + "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "diffs.example.com",
                "ftp://x",
                "https://",
                "https://a b",
                "https://user:secret@x",
                "https://x?y",
                "https://x#y",
                "javascript:alert(1)"
            })
    void refusesWhatIsNoUrl(String url) {
        assertThatThrownBy(() -> new PublicUrl(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PARALLAX_PUBLIC_URL")
                .hasMessageNotContaining("secret");
    }

    public static class Behind implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parallax.public-url", URL + "/");
        }
    }
}
