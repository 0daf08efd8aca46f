package io.parallax.api;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import org.eclipse.microprofile.config.ConfigProvider;

/** Health and metrics, on a port of their own. */
final class Management {
    private Management() {}

    static Response get(String path) {
        return given().port(ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class))
                .get(path);
    }
}
