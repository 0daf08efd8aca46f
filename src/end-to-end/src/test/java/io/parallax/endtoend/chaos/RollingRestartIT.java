package io.parallax.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Services that are restarted one after the other fail no diff: each is told to end, and another one takes its place.
 *
 * <p>{@code -Dparallax.chaos.diffs} says how many diffs are asked for meanwhile; the services go round and round.
 */
class RollingRestartIT {
    private static final int DIFFS = Integer.getInteger("parallax.chaos.diffs", 0);
    private static final long SEED = Long.getLong("parallax.chaos.seed", 2026);
    private static final int MEAN_MILLIS = 1_500;

    private volatile boolean enough;

    /** Not in each build: it takes some minutes. */
    @Test
    @EnabledIfSystemProperty(named = "parallax.chaos.diffs", matches = "\\d+")
    void failsNoDiff() throws Exception {
        Site.up(this::roll);
    }

    private void roll(Site site) throws Exception {
        List<Question> questions = Questions.prepare(site);
        ExecutorService operator = Executors.newSingleThreadExecutor();
        try (Load load = new Load(site.client(), questions, SEED)) {
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
            assertThat(failures).isEmpty();
            assertThat(restarts).isPositive();
        } finally {
            enough = true;
            operator.shutdownNow();
        }
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
