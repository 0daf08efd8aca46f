package io.parallax.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.parallax.bench.measure.Samples;
import io.parallax.bench.server.WrongAnswerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final Duration MOMENT = Duration.ofMillis(400);

    private final AtomicInteger asked = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Generator generator;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fine", exchange -> answer(exchange, 200));
        server.createContext("/refused", exchange -> answer(exchange, 409));
        server.createContext("/slow", this::answerOnceSlowly);
        server.setExecutor(threads);
        server.start();
        generator = new Generator(server.getAddress(), 2);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void countsAnswers() throws Exception {
        double rate = generator.rate(calls("/fine"), MOMENT);

        assertThat(rate).isPositive().isLessThanOrEqualTo(asked.get() / 0.4);
    }

    @Test
    void keepsItsPace() throws Exception {
        Samples latencies = generator.latencies(calls("/fine"), 50, MOMENT);

        assertThat(latencies.sorted()).hasSize(20);
        assertThat(asked).hasValue(20);
    }

    /** One connection is held up for so long that calls are due meanwhile: they have waited, too. */
    @Test
    void countsTheTimeThatCallsWaitToBeSent() throws Exception {
        Samples latencies = new Generator(server.getAddress(), 1).latencies(calls("/slow"), 50, MOMENT);

        assertThat(latencies.sorted()).hasSize(20);
        assertThat(latencies.sorted().stream().filter(seconds -> seconds > 0.1)).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void endsWithTheFirstWrongAnswer() {
        assertThatThrownBy(() -> generator.rate(calls("/refused"), MOMENT))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("GET /refused HTTP/1.1 was answered with 409: said");
    }

    private void answerOnceSlowly(HttpExchange exchange) throws IOException {
        if (asked.get() == 0) {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        answer(exchange, 200);
    }

    private void answer(HttpExchange exchange, int status) throws IOException {
        asked.incrementAndGet();
        byte[] body = "said".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Calls calls(String path) {
        return new Calls(
                path, List.of(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8)));
    }
}
