package io.parallax.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.standalone.embedded.PostgresServer;
import java.io.IOException;

/**
 * A data source that points at the demo's database.
 *
 * @param name what it is called unless another source, of an earlier port, is called so
 */
record DemoSource(String name, int port, String password) {
    /** The id of the source in the API, registered unless it is there. */
    long id(ApiClient api) throws DemoFailedException, IOException, InterruptedException {
        boolean taken = false;
        for (JsonNode source : api.get("/data_sources")) {
            String found = source.path("name").asText();
            if (found.startsWith(name) && source.path("options").path("port").asInt() == port) {
                return source.path("id").asLong();
            }
            taken |= found.equals(name);
        }
        return api.post("/data_sources", body(taken ? name + " on port " + port : name))
                .path("id")
                .asLong();
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "DemoSource[name=" + name + ", port=" + port + "]";
    }

    private ObjectNode body(String asName) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("name", asName).put("type", "pg");
        body.putObject("options")
                .put("host", PostgresServer.HOST)
                .put("port", port)
                .put("user", DemoTables.ROLE)
                .put("password", password)
                .put("dbname", DemoTables.DATABASE)
                .put("sslmode", "prefer");
        return body;
    }
}
