package io.parallax.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Every diff is exact or clearly failed, none lost and none stuck, whatever part fails when.
 *
 * <p>{@code -Dparallax.chaos.diffs} says how many diffs are asked for, {@code -Dparallax.chaos.seed} what goes wrong and when
 * (something else each time when it is not given, but the same for the short run of each build), and {@code -Dparallax.chaos.directory} where data and logs stay.
 */
class ChaosIT {
    private static final boolean SHORT = System.getProperty("parallax.chaos.diffs") == null;
    private static final int DIFFS = Integer.getInteger("parallax.chaos.diffs", 10);
    private static final long SEED =
            Long.getLong("parallax.chaos.seed", SHORT ? 2026 : System.currentTimeMillis() % 1_000_000);
    private static final int MEAN_MILLIS = SHORT ? 2_000 : 1_500;
    /** A short run has more of everything in its time. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(SHORT ? 2 : 7);

    private final List<String> failures = new CopyOnWriteArrayList<>();

    @Test
    void everyDiffIsExactOrClearlyFailed() throws Exception {
        System.out.printf("%d diffs in chaos of seed %d%n", DIFFS, SEED);
        Site.up(this::survive);
    }

    private void survive(Site site) throws Exception {
        List<Question> questions = Questions.prepare(site);
        Chaos chaos = new Chaos(site.parts());
        ScheduledExecutorService nurse = Executors.newSingleThreadScheduledExecutor();
        try (Duplicator duplicator = new Duplicator(site.bootstrapServers(), SEED);
                Load load = new Load(site.client(), questions, SEED, true)) {
            nurse.scheduleWithFixedDelay(() -> revive(site), 1, 1, TimeUnit.SECONDS);
            Instant start = Instant.now();
            chaos.begin(new Schedule(SEED, site.parts(), Site.LEASE, LONGEST_WAIT));
            List<Ask> asks = load.run(DIFFS, MEAN_MILLIS);
            chaos.end();
            Instant healed = Instant.now();
            site.awaitRevived();
            load.awaitEnds();
            Duration after = Duration.between(healed, Instant.now());
            Reckoning reckoning = new Reckoning(site, asks, chaos.incidents());
            failures.addAll(reckoning.failures());
            site.awaitRevived();
            System.out.printf(
                    "%d diffs, %d POSTs of unknown outcome: %s%n%d faults of seed %d in %d s, %d messages twice, %d records that nobody can use; all over %d s later%n",
                    asks.size(),
                    asks.stream().mapToInt(Ask::unsureOnes).sum(),
                    reckoning.endings(),
                    chaos.incidents().size(),
                    SEED,
                    Duration.between(start, healed).toSeconds(),
                    duplicator.sent(),
                    site.hostileRecords(),
                    after.toSeconds());
        } finally {
            chaos.close();
            nurse.shutdownNow();
            nurse.awaitTermination(1, TimeUnit.MINUTES);
        }
        failures.addAll(chaos.failures());
        assertThat(failures)
                .as("seed %d, faults %s", SEED, lines(chaos.incidents()))
                .isEmpty();
    }

    private void revive(Site site) {
        for (ServicePart service : site.services()) {
            try {
                if (service.revive()) {
                    failures.add(service.name() + " ended by itself at " + Instant.now());
                }
            } catch (Exception e) {
                failures.add(service.name() + " cannot be started again: " + e);
            }
        }
    }

    private static String lines(List<Incident> incidents) {
        List<String> lines = new ArrayList<>();
        incidents.forEach(incident -> lines.add(incident.toString()));
        return "\n" + String.join("\n", lines);
    }
}
