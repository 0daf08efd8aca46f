package io.parallax.bench.flow;

import io.parallax.bench.measure.CpuClock;
import io.parallax.bench.measure.MachineClock;
import io.parallax.bench.measure.ThreadClock;
import io.parallax.bench.server.FarWire;
import java.io.IOException;
import java.time.Duration;

/** CPU time of all who take part; Kafka runs in this process, beside the wire and whoever asks. */
public record FlowClocks(CpuClock service, CpuClock worker, CpuClock store, CpuClock source, ThreadClock kafka) {
    public static FlowClocks of(long service, long worker, long store, long source) {
        return new FlowClocks(
                CpuClock.of(service),
                CpuClock.of(worker),
                CpuClock.of(store),
                CpuClock.of(source),
                ThreadClock.butFor(FarWire.THREADS, "load", "main"));
    }

    Reading read() throws IOException {
        return new Reading(
                service.read(), worker.read(), store.read(), source.read(), kafka.read(), MachineClock.now());
    }

    /** At one moment. */
    record Reading(
            Duration service, Duration worker, Duration store, Duration source, Duration kafka, MachineClock machine) {
        /** What each of so many has taken since then. */
        FlowCost each(Reading before, int count) {
            return new FlowCost(
                    millis(service, before.service) / count,
                    millis(worker, before.worker) / count,
                    millis(store, before.store) / count,
                    millis(source, before.source) / count,
                    millis(kafka, before.kafka) / count,
                    machine.since(before.machine));
        }

        private static double millis(Duration now, Duration before) {
            return now.minus(before).toNanos() / 1e6;
        }
    }
}
