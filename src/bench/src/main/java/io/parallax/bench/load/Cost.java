package io.parallax.bench.load;

import io.parallax.bench.measure.CpuClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * CPU time of so many answers.
 *
 * @param answers how many
 * @param service of the API service, in seconds
 * @param store in seconds
 * @param rest Kafka and whoever asks, in seconds
 */
public record Cost(double answers, double service, double store, double rest) {
    /** Of none. */
    public static final Cost NONE = new Cost(0, 0, 0, 0);

    /** The clocks of the service, of the store, and of whoever asks, which has started the service. */
    public record Clocks(CpuClock service, CpuClock store, CpuClock asker) {
        /** CPU time so far. */
        public List<Duration> read() throws IOException {
            return List.of(service.read(), store.read(), asker.read());
        }

        /** What so many answers have taken since the clocks were read. */
        public Cost since(List<Duration> before, double answers) throws IOException {
            List<Duration> now = read();
            double service = seconds(now, before, 0);
            return new Cost(answers, service, seconds(now, before, 1), seconds(now, before, 2) - service);
        }

        private static double seconds(List<Duration> now, List<Duration> before, int clock) {
            return now.get(clock).minus(before.get(clock)).toMillis() / 1e3;
        }
    }

    /** Both. */
    public Cost and(Cost other) {
        return new Cost(answers + other.answers, service + other.service, store + other.store, rest + other.rest);
    }

    /** Of one answer, in milliseconds. */
    double each(double seconds) {
        return answers == 0 ? 0 : seconds / answers * 1e3;
    }
}
