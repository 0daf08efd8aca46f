package io.parallax.worker.source;

import io.parallax.contract.message.Control;
import io.parallax.contract.seal.Seal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Whether the keys that this worker has open what the API service seals now, as far as it has been heard of. */
public final class SealCheck {
    private static final Logger LOG = Logger.getLogger(SealCheck.class);

    /** A replica that seals with another key says so more often than that, and is not there any more otherwise. */
    private static final long CURRENT_MILLISECONDS = 120_000;

    private final Seal seal;
    private final Map<String, Heard> byKey = new HashMap<>();

    private record Heard(long at, boolean opens) {}

    /** What is known. */
    public enum Verdict {
        /** Nothing: no API service was heard of. */
        UNHEARD,
        /** They open everything that it seals. */
        OPENS,
        /** They do not open everything. */
        WRONG
    }

    public SealCheck(Seal seal) {
        this.seal = seal;
    }

    /** Takes note of one more check. */
    public synchronized void hear(Control.KeyCheck check) {
        boolean wasRight = wrongKey().isEmpty();
        byKey.merge(
                check.key(),
                new Heard(check.at(), seal.opens(check.sealed())),
                (before, now) -> before.at() > now.at() ? before : now);
        long newest = byKey.values().stream().mapToLong(Heard::at).max().orElse(0);
        byKey.values().removeIf(heard -> newest - heard.at() > CURRENT_MILLISECONDS);
        tell(wasRight);
    }

    private void tell(boolean wasRight) {
        Optional<String> wrong = wrongKey();
        if (wasRight && wrong.isPresent()) {
            LOG.errorf(
                    "The API service seals with a key (%s) that this worker has not got. Give both the same one.",
                    wrong.get());
        } else if (!wasRight && wrong.isEmpty()) {
            LOG.info("The keys of this worker open what the API service seals.");
        }
    }

    public synchronized Verdict verdict() {
        return byKey.isEmpty() ? Verdict.UNHEARD : wrongKey().isPresent() ? Verdict.WRONG : Verdict.OPENS;
    }

    /** The id of a key that is not among those of this worker, if the API service seals with one. */
    public synchronized Optional<String> wrongKey() {
        return byKey.entrySet().stream()
                .filter(heard -> !heard.getValue().opens())
                .map(Map.Entry::getKey)
                .findAny();
    }
}
