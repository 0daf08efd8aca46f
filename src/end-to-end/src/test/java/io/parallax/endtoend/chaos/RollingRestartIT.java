package io.parallax.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Services that are restarted one after the other fail no diff and no call: each is told to end, and another one takes its place.
 *
 * <p>{@code -Dparallax.chaos.diffs} says how many diffs are asked for meanwhile; the services go round and round.
 */
class RollingRestartIT {
    private static final int DIFFS = Integer.getInteger("parallax.chaos.diffs", 0);
    private static final long SEED = Long.getLong("parallax.chaos.seed", 2026);
    private static final int MEAN_MILLIS = 1_500;

    private volatile boolean enough;

    /** Nobody who asks for a small diff is to wait for longer. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** A while longer than others look whether a replica is ready, and time to finish a task. */
    private static final Map<String, String> IN_PEACE =
            Map.of("QUARKUS_SHUTDOWN_DELAY", "4s", "PARALLAX_WORKER_GRACE", "20s");

    /** By command only: beside a build's other work processors are too few for its bounds, of time and of calls. */
    @Test
    @EnabledIfSystemProperty(named = "parallax.chaos.diffs", matches = "\\d+")
    void failsNoDiffAndNoCall() throws Exception {
        Site.up(IN_PEACE, this::roll);
    }

    private void roll(Site site) throws Exception {
        List<Question> questions = Questions.prepare(site);
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try (Load load = new Load(site.balanced(), questions, SEED, false)) {
            Future<Integer> rolling = operator.submit(() -> restartAll(site));
            List<Ask> asks = load.run(DIFFS, MEAN_MILLIS);
            enough = true;
            int restarts = rolling.get();
            load.awaitEnds();
            // Nothing went wrong, so nothing explains a failure.
            Reckoning reckoning = new Reckoning(site, asks, List.of());
            List<String> failures = reckoning.failures();
            System.out.printf(
                    "%d diffs of seed %d, %d restarts: %s%n", asks.size(), SEED, restarts, reckoning.endings());
            Duration slowest = slowest(site, asks);
            System.out.printf("The slowest small diff took %s%n", slowest);
            assertThat(failures).isEmpty();
            assertThat(slowest).isLessThan(SOON);
            assertThat(restarts).isPositive();
        } finally {
            enough = true;
            operator.shutdownNow();
        }
    }

    /** Of those that a planning job does by itself, from the call that asked for it to its end. */
    private static Duration slowest(Site site, List<Ask> asks) throws Exception {
        Duration slowest = Duration.ZERO;
        for (Ask ask : asks) {
            if (ask.question().kind().equals("small")) {
                JsonNode diff = site.client()
                        .get(new Random(1), "/datadiffs/" + ask.diff())
                        .body();
                Duration took = Duration.between(
                        OffsetDateTime.parse(diff.path("created_at").asText()),
                        OffsetDateTime.parse(diff.path("finished_at").asText()));
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }
        }
        return slowest;
    }

    /** How many were restarted. */
    private int restartAll(Site site) throws Exception {
        int restarts = 0;
        while (!enough) {
            for (ServicePart service : site.services()) {
                service.strike(Harm.RESTART);
                service.heal(Harm.RESTART);
                service.awaitReady();
                restarts++;
            }
        }
        return restarts;
    }
}
