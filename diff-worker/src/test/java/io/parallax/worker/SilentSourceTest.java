package io.parallax.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import io.smallrye.reactive.messaging.memory.InMemorySource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many planning jobs of a source that takes connections and says nothing, and something else behind them. */
@QuarkusTest
@QuarkusTestResource(InMemoryChannels.class)
class SilentSourceTest {
    private static final int JOBS = 100;
    private static final long FIRST_DIFF = 1000;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector connector;

    private final Seal seal = new Seal(SealingKey.loadAll(InMemoryChannels.SEALING_KEY, null));
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private ServerSocket silent;
    private InMemorySource<Message<byte[]>> jobs;
    private InMemorySink<byte[]> results;

    @BeforeEach
    void start() throws IOException {
        silent = new ServerSocket(0, JOBS, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::serve, "silent");
        server.setDaemon(true);
        server.start();
        jobs = connector.source("worker-jobs-in");
        results = connector.sink("worker-results-out");
        results.clear();
    }

    @AfterEach
    void stop() throws IOException {
        silent.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void serve() {
        try {
            while (true) {
                connections.add(silent.accept());
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    @Test
    void areInNobodysWayAndFailTogether() {
        // When
        for (int i = 0; i < JOBS; i++) {
            jobs.send(Message.of(Codec.encode(plan(FIRST_DIFF + i))));
        }
        jobs.send(
                Message.of(Codec.encode(new Job.TestSource(77, new SealedSource(2, "AQIDBAUGBwgJCgsMDQ4PEBESExQ=")))));

        // Then what came last is done first
        await().until(() -> reports().stream().anyMatch(Report.SourceTested.class::isInstance));
        assertThat(failures()).isEmpty();

        // And the others, one by one on four places, do not take more than a minute
        await().atMost(Duration.ofSeconds(20)).until(() -> failures().size() == JOBS);
        assertThat(failures()).allSatisfy(failed -> {
            assertThat(failed.failure().type()).isEqualTo(ErrorType.SOURCE_UNREACHABLE);
            assertThat(failed.silent()).isTrue();
        });
        assertThat(connections).hasSizeBetween(1, 2);
    }

    private Job.PlanDiff plan(long diff) {
        Dataset table = new Dataset(List.of("t"), null, null);
        DiffSpec spec = new DiffSpec(table, table, List.of("id"), List.of(), List.of());
        return Job.PlanDiff.first(TaskAddress.planning(diff, 1), 1, spec, source(), source());
    }

    private SealedSource source() {
        SourceDetails details = new SourceDetails(
                "pg",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("host", "127.0.0.1")
                        .put("port", silent.getLocalPort())
                        .put("user", "reader")
                        .put("password", "p")
                        .put("dbname", "shop"));
        return new SealedSource(1, seal.seal(Codec.encode(details), SealedSource.context(1)));
    }

    private List<Report.TaskFailed> failures() {
        return reports().stream()
                .filter(Report.TaskFailed.class::isInstance)
                .map(Report.TaskFailed.class::cast)
                .filter(failed -> failed.address().diff() >= FIRST_DIFF)
                .toList();
    }

    private List<Report> reports() {
        return List.copyOf(results.received()).stream()
                .map(SilentSourceTest::report)
                .toList();
    }

    private static Report report(Message<byte[]> message) {
        try {
            return Codec.decode(message.getPayload(), Report.class);
        } catch (UnreadableMessageException e) {
            throw new AssertionError(e);
        }
    }
}
