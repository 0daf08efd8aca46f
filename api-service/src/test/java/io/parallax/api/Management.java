package io.parallax.api;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import org.eclipse.microprofile.config.ConfigProvider;

/** Health and metrics, on a port of their own. */
public final class Management {
    private Management() {}

    public static Response get(String path) {
        return given().port(ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class))
                .get(path);
    }
}
