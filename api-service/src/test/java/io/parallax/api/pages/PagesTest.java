package io.parallax.api.pages;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.ServiceTest;
import io.parallax.api.StoreForTests;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people see who follow the links that clients print. */
@QuarkusTest
class PagesTest extends ServiceTest {
    private static final String SCRIPT = "<script>alert('\"&')</script>";

    private long diff() {
        return newDiff(java.util.Map.of("table1", List.of("public", SCRIPT)))
                .extract()
                .jsonPath()
                .getLong("id");
    }

    private static ValidatableResponse page(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType("text/html;charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .body(containsString("<!DOCTYPE html>"));
    }

    private static String overview(long diff) {
        return "/datadiffs/" + diff + "/overview";
    }

    @Test
    void showsNothingWithoutAKey() {
        long diff = diff();
        for (String id : List.of(Long.toString(diff), "999999999", "x")) {
            String text = page(given().get("/datadiffs/" + id + "/overview").then(), 401)
                    .header("WWW-Authenticate", "Key")
                    .extract()
                    .asString();
            assertThat(text)
                    .contains("<form method=\"post\">")
                    .doesNotContain("script")
                    .doesNotContain("public");
        }
        page(given().header("Authorization", "Key wrong").get(overview(diff)).then(), 401);
        page(given().formParam("key", "wrong").post(overview(diff)).then(), 401);
        page(given().formParam("other", "wrong").post(overview(diff)).then(), 401);
        // A key in an address opens nothing
        page(
                given().queryParam("key", StoreForTests.API_KEY)
                        .get(overview(diff))
                        .then(),
                401);
    }

    /** Whatever is sent is answered; nobody is left waiting. */
    @Test
    void answersFormsThatAreNone() {
        long diff = diff();
        for (String form : List.of(
                "key=%zz",
                "key=%",
                "key=%e",
                "%zz=1",
                "key",
                "&&=",
                "key=%zz&key=" + StoreForTests.API_KEY,
                "key=%00",
                "key=" + "x".repeat(100_000))) {
            page(
                    given().contentType("application/x-www-form-urlencoded")
                            .body(form)
                            .post(overview(diff))
                            .then(),
                    401);
        }
        page(
                given().contentType("application/x-www-form-urlencoded")
                        .body("other=1&key=+" + StoreForTests.API_KEY + "%20&more=%zz")
                        .post(overview(diff))
                        .then(),
                200);
    }

    @Test
    void showsADiffToWhoeverHasAKey() {
        long diff = diff();
        String sent = page(
                        given().header("Authorization", "Bearer " + StoreForTests.API_KEY)
                                .get(overview(diff))
                                .then(),
                        200)
                .extract()
                .asString();
        assertThat(sent)
                .contains("<title>Diff " + diff + "</title>")
                .contains("public.&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;")
                .doesNotContain("<script");
        long records = records();
        String typed = page(
                        given().formParam("key", " " + StoreForTests.API_KEY)
                                .post(overview(diff))
                                .then(),
                        200)
                .extract()
                .asString();
        assertThat(typed).contains("Diff " + diff).doesNotContain(StoreForTests.API_KEY);
        // To look is no change
        assertThat(records()).isEqualTo(records);
    }

    private long records() {
        return one("select count(*) from audit", Tuple.tuple(), Long.class);
    }

    @Test
    void showsWhatTheDiffFound() {
        long source = newSource("");
        long diff = newDiff(source, source);
        plan(diff, 1, "price");
        await(() -> assertThat(tasks(diff)).hasSize(1));
        report(done(tasks(diff).get(0), rows(10)));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        page(client().get(overview(diff)).then(), 200)
                .body(containsString("Both sides have the same 10 rows."))
                .body(containsString("<th>Rows of A</th><td>10</td>"));
    }

    @Test
    void whatIsNotThereIsAPageToo() {
        for (String id : List.of("999999999", "x", "-1", SCRIPT)) {
            String text = page(client().get("/datadiffs/{id}/overview", id).then(), 404)
                    .extract()
                    .asString();
            assertThat(text).doesNotContain("<script");
        }
    }

    @Test
    void beginsWithLinks() throws Exception {
        String home = page(given().get("/").then(), 200).extract().asString();
        List<String> links = java.util.regex.Pattern.compile("href=\"([^\"]+)\"")
                .matcher(home)
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> given().get(link).then().statusCode(200));
        JsonNode paths = new ObjectMapper()
                .readTree(given().get("/q/openapi?format=json").asString())
                .path("paths");
        assertThat(paths.has("/")).isFalse();
        given().get("/api/v1/datadiffs").then().body("instance", equalTo("/api/v1/datadiffs"));
    }
}
