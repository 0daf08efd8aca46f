package io.parallax.api.problems;

import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Says that the store is away: a line in a second at most, however many notice it, and without a trace of who did. */
public final class OutageLog {
    private static final Throttle THROTTLE = new Throttle(Duration.ofSeconds(1), System::nanoTime);

    private OutageLog() {}

    /** Warns of a failure; of one that is an outage, unless that has just been said. */
    public static void warn(Logger log, String what, Throwable failure) {
        if (StoreOutage.caused(failure)) {
            line(what, failure).ifPresent(log::warn);
        } else {
            log.warnf("%s: %s", what, failure);
        }
    }

    /** What is to be said of an outage now, if anything. */
    static Optional<String> line(String what, Throwable outage) {
        return THROTTLE.pass().stream()
                .mapToObj(heldBack -> what + ": " + outage + reason(outage)
                        + (heldBack == 0 ? "" : " (and " + heldBack + " more like this since the last line)"))
                .findFirst();
    }

    /** What the way to the store has said is the last of the causes. */
    private static String reason(Throwable outage) {
        Throwable last = outage;
        // Causes may go round in a circle.
        for (int depth = 0; depth < 50 && last.getCause() != null; depth++) {
            last = last.getCause();
        }
        return last == outage || outage.toString().contains(last.toString()) ? "" : ", as of " + last;
    }
}
