package io.parallax.api.ledger.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.LedgerScenario;
import io.parallax.api.StoreForTests;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New diffs beyond those that workers can soon take up, with room for two. */
@QuarkusTest
@TestProfile(BacklogTest.Crowded.class)
class BacklogTest extends LedgerScenario {
    /** The store of all tests, with little room in front of the workers. */
    public static final class Crowded implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(StoreForTests.class, Map.of("parallax.ledger.queue", "2")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @BeforeEach
    void endAll() {
        execute(
                """
                update diff set status = 'cancelled', deferred = false, finished_at = now()
                where status in ('waiting', 'queued', 'processing')""");
        sweep();
    }

    @Test
    void sendsAsManyAsThereIsRoomForTheOldestFirst() {
        // When
        List<Long> diffs = List.of(newDiff(), newDiff(), newDiff(), newDiff());
        sweep();

        // Then
        awaitPlanning(diffs.get(0), diffs.get(1));
        sweep();
        assertThat(planningJobs(diffs.get(2))).isEmpty();
        assertThat(planningJobs(diffs.get(3))).isEmpty();
        assertThat(status(diffs.get(2))).isEqualTo("waiting");

        // When one is begun
        report(alive(TaskAddress.planning(diffs.get(1), 1), 1));

        // Then the next one has its place
        awaitPlanning(diffs.get(2));
        sweep();
        assertThat(planningJobs(diffs.get(3))).isEmpty();

        // When a newer one comes, and another is planned
        long newest = newDiff();
        report(new Report.PlanMade(TaskAddress.planning(diffs.get(0), 1), 1, "w1", planOf(1, "a"), Effort.NONE));

        // Then it comes after those that were there before
        awaitPlanning(diffs.get(3));
        sweep();
        assertThat(planningJobs(newest)).isEmpty();
        diffs.forEach(diff -> assertThat(planningJobs(diff)).hasSize(1));
    }

    @Test
    void forgetsThoseThatAreCancelled() {
        // Given
        List<Long> diffs = List.of(newDiff(), newDiff(), newDiff(), newDiff());
        sweep();
        awaitPlanning(diffs.get(0), diffs.get(1));

        // When
        cancel(diffs.get(2));
        cancel(diffs.get(0));
        sweep();

        // Then
        awaitPlanning(diffs.get(3));
        sweep();
        assertThat(planningJobs(diffs.get(2))).isEmpty();
        assertThat(status(diffs.get(2))).isEqualTo("cancelled");
    }

    @Test
    void leavesLimitedSourcesToTheirOwnLimit() {
        // Given
        List<Long> diffs = List.of(newDiff(), newDiff(), newDiff());
        sweep();
        awaitPlanning(diffs.get(0), diffs.get(1));
        long limited = newSource(", \"max_allowed_connections\": 3");

        // When
        long diff = newDiff(limited, limited);

        // Then
        awaitPlanning(diff);
        assertThat(planningJobs(diffs.get(2))).isEmpty();
    }

    @Test
    void failsThoseThatNobodyComesFor() {
        // Given
        List<Long> diffs = List.of(newDiff(), newDiff(), newDiff());
        sweep();
        awaitPlanning(diffs.get(0), diffs.get(1));
        assertThat(planningJobs(diffs.get(2))).isEmpty();

        // When
        execute(
                """
                update diff set created_at = created_at - interval '2 hours', finished_at = finished_at - interval '2 hours'""");
        sweep();
        assertThat(status(diffs.get(2))).isEqualTo("waiting");
        execute("update ledger_task set waiting_since = waiting_since - interval '2 hours'");
        sweep();

        // Then
        diffs.forEach(diff -> assertThat(status(diff)).isEqualTo("failed"));
    }

    private void awaitPlanning(long... diffs) {
        for (long diff : diffs) {
            await(() -> assertThat(planningJobs(diff)).hasSize(1));
            await(() -> assertThat(status(diff)).isIn("queued", "processing"));
        }
    }

    private static void cancel(long diff) {
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().statusCode(200);
    }
}
