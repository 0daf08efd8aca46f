package io.parallax.worker.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.message.Control;
import io.parallax.contract.message.Report.Running;
import io.parallax.contract.message.TaskAddress;
import io.parallax.engine.session.Cancellation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunningWorkTest {
    private final RunningWork running = new RunningWork();

    @Test
    void aMessageDeliveredTwiceRunsOnce() {
        assertThat(running.begin(work(1, 1, 0, 1))).isPresent();
        assertThat(running.begin(work(1, 1, 0, 1))).isEmpty();
        running.end(work(1, 1, 0, 1));
        assertThat(running.begin(work(1, 1, 0, 1))).isPresent();
    }

    @Test
    void isIdleOnceNothingIsUnderWay() {
        Running work = work(1, 1, 0, 1);
        Cancellation cancellation = running.begin(work).orElseThrow();
        running.close();
        assertThat(running.closing()).isTrue();
        assertThat(running.idle()).isFalse();
        running.end(work);
        assertThat(running.idle()).isTrue();
        assertThat(cancellation.cancelled()).isFalse();
    }

    @Test
    void stoppingADiffCancelsItsPlansUpToThatNumberAndNoOther() {
        Cancellation old = running.begin(work(1, 1, 0, 1)).orElseThrow();
        Cancellation newer = running.begin(work(1, 2, 0, 1)).orElseThrow();
        Cancellation other = running.begin(work(2, 1, 0, 1)).orElseThrow();

        running.stop(new Control.StopDiff(1, 1));

        assertThat(old.cancelled()).isTrue();
        assertThat(newer.cancelled()).isFalse();
        assertThat(other.cancelled()).isFalse();
        assertThat(running.begin(work(1, 1, 5, 1))).isEmpty();
        assertThat(running.begin(work(1, 2, 5, 1))).isPresent();
    }

    @Test
    void stoppingATaskCancelsThatAttemptAndEarlierOnes() {
        Cancellation first = running.begin(work(1, 1, 0, 1)).orElseThrow();
        Cancellation second = running.begin(work(1, 1, 0, 2)).orElseThrow();
        Cancellation neighbour = running.begin(work(1, 1, 1, 1)).orElseThrow();

        running.stop(new Control.StopTask(new TaskAddress(1, 1, 1, 0), 1));

        assertThat(first.cancelled()).isTrue();
        assertThat(second.cancelled()).isFalse();
        assertThat(neighbour.cancelled()).isFalse();
    }

    @Test
    void workThatIsStoppedInAWayOfItsOwnIsWorkLikeAnyOther() {
        AtomicInteger stops = new AtomicInteger();
        Running hold = new Running(TaskAddress.holding(1, 1), 1);

        assertThat(running.begin(hold, stops::incrementAndGet)).isTrue();
        assertThat(running.byDiff().get(1L)).containsExactly(hold);
        running.stop(new Control.StopDiff(1, 1));

        assertThat(stops).hasValue(1);
        running.end(hold);
        assertThat(running.begin(hold, stops::incrementAndGet)).isFalse();
        assertThat(running.byDiff()).isEmpty();
    }

    @Test
    void signsOfLifeAreGroupedByDiff() {
        running.begin(work(1, 1, 0, 1));
        running.begin(work(1, 1, 1, 1));
        running.begin(work(2, 1, 0, 1));
        Map<Long, List<Running>> byDiff = running.byDiff();
        assertThat(byDiff.get(1L)).containsExactlyInAnyOrder(work(1, 1, 0, 1), work(1, 1, 1, 1));
        assertThat(byDiff.get(2L)).containsExactly(work(2, 1, 0, 1));
    }

    private static Running work(long diff, int plan, int task, int attempt) {
        return new Running(new TaskAddress(diff, plan, 1, task), attempt);
    }
}
