package io.parallax.api.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.Impatient;
import io.parallax.api.LedgerScenario;
import io.parallax.api.Management;
import io.parallax.api.StoreForTests;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.Target;
import io.parallax.contract.message.Targets;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that read nothing of what they ask for, or do not get done with asking, on sockets of their own. */
@QuarkusTest
@TestProfile(Impatient.class)
class SlowClientsTest extends LedgerScenario {
    /** More than the kernel keeps for a client that reads nothing. */
    private static final int ROWS = 80;

    private static final int BYTES_OF_A_ROW = 200_000;

    /** What a listener hears when there is nothing else. */
    private static final String SIGN = ":nothing new\n";

    @TestHTTPResource("/")
    URI address;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** A diff whose repair is long. */
    private long diffWithALongRepair() {
        long diff = newDiff();
        await(() -> assertThat(planningJobs(diff)).isNotEmpty());
        Plan plan = planOf(0, "v");
        Target target = new Target(
                "public.b",
                null,
                List.of(new Target.Column(
                        "id", Target.Form.PLAIN, List.of(new Target.Condition("id", Target.Form.PLAIN, "int8")), null)),
                List.of(new Target.Column("v", Target.Form.PLAIN, List.of(), null)));
        Tally tally = new Tally(Sides.of(1, 1), Sides.ZERO, Sides.ZERO, Sides.of(1, 1), Sides.ZERO, 1, 1, List.of(1L));
        DifferingRow row = new DifferingRow(
                Kind.VALUE,
                1,
                (ObjectNode) Codec.toJson(Map.of("id", 1)),
                (ObjectNode) Codec.toJson(Map.of("v", Map.of("a", "x", "b", "y"))),
                null);
        report(new Report.PlanMade(
                planningJobs(diff).get(0).address(),
                1,
                "w1",
                Plan.draft(
                                plan.schema(),
                                plan.key(),
                                plan.comparedColumns(),
                                plan.algorithm(),
                                plan.common(),
                                plan.tasks(),
                                tally)
                        .rows(List.of(row))
                        .targets(new Targets(target, target))
                        .plan(),
                Effort.NONE));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        execute(
                """
                insert into differing_row (diff, plan, kind, rank, key, row_values, columns, shortened)
                select r.diff, r.plan, r.kind, n, '{"id":' || n || '}',
                       '{"v":{"a":"' || repeat('x', $3::int) || '","b":"y"}}', r.columns, r.shortened
                from differing_row r, generate_series(2, $2::int) n where r.diff = $1""",
                diff,
                ROWS,
                BYTES_OF_A_ROW);
        return diff;
    }

    private static String repair(long diff) {
        return "/api/v1/datadiffs/" + diff + "/repair?direction=1to2";
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress("127.0.0.1", address.getPort()));
        return socket;
    }

    private Socket asking(String path) throws IOException {
        Socket socket = connected();
        say(socket, "GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Key " + StoreForTests.API_KEY + "\r\n\r\n");
        return socket;
    }

    /** So many at once, before the first of them is cut, however slow the machine. */
    private List<Socket> asking(String path, int count) throws IOException {
        List<Socket> asking = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            asking.add(asking(path));
        }
        return asking;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String statusLine(Socket socket) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int character = socket.getInputStream().read();
                character >= 0 && character != '\r';
                character = socket.getInputStream().read()) {
            line.write(character);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    /** The status line and all headers. */
    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int character = socket.getInputStream().read();
            assertThat(character).as("of an answer that begins with %s", head).isNotNegative();
            head.append((char) character);
        }
        return head.toString();
    }

    /** All that comes until the server hangs up. */
    private static byte[] rest(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream input = socket.getInputStream();
        byte[] part = new byte[1 << 16];
        try {
            for (int count = input.read(part); count >= 0; count = input.read(part)) {
                all.write(part, 0, count);
            }
        } catch (SocketException e) {
            // Reset: it has hung up as well.
        }
        return all.toByteArray();
    }

    @Test
    void whoReadsSlowlyKeepsNothingFromOthersAndIsCutInTheEnd() throws IOException {
        // Given more slow readers than there are connections to the store
        long diff = diffWithALongRepair();
        List<Socket> readers = asking(repair(diff), Impatient.SCRIPTS);
        for (Socket reader : readers) {
            assertThat(statusLine(reader)).isEqualTo("HTTP/1.1 200 OK");
        }

        // When others call, then they are served at once
        for (int i = 0; i < 5; i++) {
            Instant begun = Instant.now();
            assertThat(status(diff)).isEqualTo("done");
            Management.get("/q/health/ready").then().statusCode(200);
            assertThat(Duration.between(begun, Instant.now()))
                    .isLessThan(Duration.ofSeconds(Impatient.PATIENCE_SECONDS));
        }

        // When there is one reader more, then it is told to come again
        client().get(repair(diff))
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("status", equalTo(429));

        // When the readers go on reading nothing, then they lose their places, well before any other timeout
        awaitLong(() -> {
            for (Socket reader : readers) {
                assertThat(isCut(reader)).isTrue();
            }
        });
        awaitLong(() -> client().get(repair(diff)).then().statusCode(200));
        for (Socket reader : readers) {
            assertThat(new String(rest(reader), StandardCharsets.UTF_8)).doesNotContain("commit;");
        }
    }

    /** Whatever it is: it is in memory until it is read. */
    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "csv"})
    void whatNobodyReadsIsBounded(String format) throws IOException {
        // Given
        long diff = diffWithALongRepair();
        String results = "/api/v1/datadiffs/" + diff + "/results?limit=1000&format=" + format;
        assertThat(client().get(results).then().statusCode(200).extract().asString())
                .hasSizeGreaterThan(6_000_000);

        // When
        List<String> heads = new ArrayList<>();
        for (Socket reader : asking(results, 12)) {
            heads.add(head(reader));
        }

        // Then
        assertThat(heads.stream().map(head -> head.split(" ")[1])).contains("200", "429");
        assertThat(heads.stream().filter(head -> head.split(" ")[1].equals("429")))
                .allSatisfy(head -> assertThat(head)
                        .containsIgnoringCase("content-type: application/problem+json")
                        .containsIgnoringCase("retry-after: 1\r\n"));
        assertThat(status(diff)).isEqualTo("done");
        client().get("/api/v1/datadiffs/" + diff + "/results?limit=1&format=" + format)
                .then()
                .statusCode(200);
        awaitLong(() -> client().get(results).then().statusCode(200));
    }

    /** Its own side learns that when it says something; the server takes no notice of what that is. */
    private static boolean isCut(Socket socket) {
        try {
            say(socket, "\r\n");
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void whoReadsOnGetsTheWholeScript() {
        long diff = diffWithALongRepair();
        String script =
                client().get(repair(diff)).then().statusCode(200).extract().asString();
        assertThat(script.lines().filter(line -> line.startsWith("update "))).hasSize(ROWS);
        assertThat(script).endsWith("commit;\n");
    }

    @Test
    void aScriptWhoseRowsArePurgedMeanwhileChangesNothing() throws IOException {
        // Given
        long diff = diffWithALongRepair();
        Socket reader = asking(repair(diff));
        assertThat(statusLine(reader)).isEqualTo("HTTP/1.1 200 OK");

        // When
        client().body("{\"purged\": true}")
                .patch("/api/v1/datadiffs/" + diff)
                .then()
                .statusCode(200);

        // Then
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 16];
        while (!script.toString(StandardCharsets.US_ASCII).endsWith("\r\n0\r\n\r\n")) {
            int count = reader.getInputStream().read(part);
            assertThat(count).isPositive();
            script.write(part, 0, count);
        }
        assertThat(script.toString(StandardCharsets.US_ASCII))
                .contains("rollback;\n-- Rows")
                .doesNotContain("commit;");
    }

    @Test
    void whoDoesNotGetDoneWithAskingIsCut() throws IOException {
        Socket slow = connected();
        say(
                slow,
                "POST /api/v1/datadiffs HTTP/1.1\r\nHost: a\r\nAuthorization: Key " + StoreForTests.API_KEY
                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        assertThat(new String(rest(slow), StandardCharsets.US_ASCII)).doesNotContain("200 OK");
    }

    @Test
    void clientsAreToldHowManyCallsTheyHaveLeft() throws IOException {
        for (String path : List.of("/api/v1/organization/meta", "/api/v1/nothing", "/api/v1/datadiffs/0")) {
            client().get(path)
                    .then()
                    .header("RateLimit-Limit", "200000")
                    .header("RateLimit-Remaining", matchesPattern("1999[0-9][0-9]"))
                    .header("RateLimit-Reset", "1");
        }
        Socket listener = asking("/api/v1/datadiffs/" + newDiff() + "/events");
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) listener.getInputStream().read());
        }
        assertThat(head.toString()).contains("200 OK").containsIgnoringCase("RateLimit-Limit: 200000\r\n");
    }

    @Test
    void listenersHaveSigningsOfLifeAndAreBounded() throws IOException {
        // Given as many as there may be
        long diff = newDiff();
        String events = "/api/v1/datadiffs/" + diff + "/events";
        List<Socket> listeners = new ArrayList<>();
        for (int i = 0; i < Impatient.LISTENERS; i++) {
            Socket listener = asking(events);
            assertThat(statusLine(listener)).isEqualTo("HTTP/1.1 200 OK");
            listeners.add(listener);
        }

        // When nothing happens, then each is told so, again and again, and no state twice
        for (Socket listener : listeners) {
            StringBuilder heard = new StringBuilder();
            while (heard.indexOf(SIGN, heard.indexOf(SIGN) + 1) < 0) {
                heard.append((char) listener.getInputStream().read());
            }
            assertThat(heard.toString().lines().filter(line -> line.startsWith("id:")))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }

        // When there is one more, then it is told to come again
        client().accept("text/event-stream, application/problem+json")
                .get(events)
                .then()
                .statusCode(429)
                .contentType("application/problem+json");

        // When one leaves, then there is a place
        listeners.get(0).close();
        await(() -> {
            try {
                assertThat(statusLine(asking(events))).isEqualTo("HTTP/1.1 200 OK");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
