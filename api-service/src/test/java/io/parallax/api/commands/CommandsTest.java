package io.parallax.api.commands;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.ServiceTest;
import io.parallax.api.StoreForTests;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Commands, on the store of the running service. */
@QuarkusTest
class CommandsTest extends ServiceTest {
    @ConfigProperty(name = "parallax.store.host")
    String host;

    @ConfigProperty(name = "parallax.store.port")
    String port;

    @ConfigProperty(name = "parallax.store.database")
    String database;

    @ConfigProperty(name = "parallax.store.user")
    String user;

    @ConfigProperty(name = "parallax.store.password", defaultValue = "-")
    String password;

    private record Said(int code, String out, String err) {}

    private Said run(String... words) {
        return run(environment(), words);
    }

    private Map<String, String> environment() {
        return Map.of(
                "PARALLAX_STORE_HOST", host,
                "PARALLAX_STORE_PORT", port,
                "PARALLAX_STORE_DATABASE", database,
                "PARALLAX_STORE_USER", user,
                "PARALLAX_STORE_PASSWORD", password);
    }

    private static Said run(Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Commands(environment, new PrintStream(out), new PrintStream(err)).run(List.of(words));
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static int statusWith(String key) {
        return given().header("Authorization", "Key " + key)
                .get("/api/v1/organization/meta")
                .statusCode();
    }

    @Test
    void makesListsAndRevokesKeys() {
        Said created = run("keys", "create", "by hand", "read");
        assertThat(created.code()).isZero();
        String key = created.out().strip();
        assertThat(statusWith(key)).isEqualTo(200);

        Said listed = run("keys", "list");
        assertThat(listed.out()).doesNotContain(key);
        String line = listed.out()
                .lines()
                .filter(each -> each.endsWith("\tby hand"))
                .findFirst()
                .orElseThrow();
        assertThat(line).contains("\tread\tvalid\t");

        assertThat(run("keys", "revoke", line.substring(0, line.indexOf('\t'))).code())
                .isZero();
        assertThat(statusWith(key)).isEqualTo(401);
        assertThat(run("keys", "list").out()).contains("\tread\trevoked\tby hand");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(run("keys", "create", "x", "king").err()).contains("admin, write and read");
        assertThat(run("keys", "create", " ", "read").code()).isEqualTo(Commands.MISUSED);
        assertThat(run("keys", "revoke", "x").err()).contains("a number");
        assertThat(run("keys", "revoke", "999999999").err()).contains("no such key");
        assertThat(run("keys").code()).isEqualTo(Commands.MISUSED);
        assertThat(run("keys").err()).contains("keys create NAME ROLE");
        assertThat(run("help").out()).contains("keys create NAME ROLE");
        long admins = one(
                "select count(*) from api_key where role = 'admin' and revoked_at is null", Tuple.tuple(), Long.class);
        if (admins == 1) {
            assertThat(run("keys", "revoke", "1").err()).contains("the last one");
        }
    }

    @Test
    void sealsSecretsWithTheNewestKey() {
        long source = newSource("");
        String before = one("select sealed from data_source where id = $1", Tuple.of(source), String.class);
        String newest = SealingKey.random();

        Said lost = sealed(SealingKey.random());
        assertThat(lost.code()).isEqualTo(Commands.MISUSED);
        assertThat(lost.err()).contains("opens with none of these keys");
        assertThat(one("select sealed from data_source where id = $1", Tuple.of(source), String.class))
                .isEqualTo(before);

        assertThat(sealed(newest + "," + StoreForTests.SEALING_KEY).out()).startsWith("Sealed ");
        String after = one("select sealed from data_source where id = $1", Tuple.of(source), String.class);
        assertThat(new Seal(SealingKey.fromBase64(newest)).open(after, SealedSource.context(source)))
                .isNotEmpty();
        // As it was, for the other tests.
        assertThat(sealed(StoreForTests.SEALING_KEY + "," + newest).code()).isZero();
    }

    private Said sealed(String keys) {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("PARALLAX_SEALING_KEY", keys);
        return run(environment, "secrets", "reseal");
    }

    @Test
    void bringsTheStoreUpToDate() {
        assertThat(run("migrate").out()).startsWith("Made 0 changes; the schema is of version ");
    }

    @Test
    void saysThatThereIsNoStore() {
        Said said = run(Map.of("PARALLAX_STORE_HOST", "127.0.0.1", "PARALLAX_STORE_PORT", "1"), "keys", "list");
        assertThat(said.code()).isEqualTo(Commands.FAILED);
        assertThat(said.err()).startsWith("The store says: ");
    }
}
