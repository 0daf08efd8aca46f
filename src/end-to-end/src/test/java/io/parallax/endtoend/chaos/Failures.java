package io.parallax.endtoend.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Sentences on what is wrong, all of them rather than the first. */
final class Failures {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> all = new ArrayList<>();

    void add(String sentence) {
        all.add(sentence);
    }

    /** Waits until this is what is found; a failure when it takes too long. */
    void eventually(String what, Callable<String> found, String expected) {
        AtomicReference<String> last = new AtomicReference<>("");
        try {
            Awaitility.await(what).atMost(PATIENCE).ignoreExceptions().until(() -> {
                last.set(found.call());
                return last.get().equals(expected);
            });
        } catch (ConditionTimeoutException e) {
            add("%s: \"%s\" instead of \"%s\"".formatted(what, last.get(), expected));
        }
    }

    List<String> all() {
        return List.copyOf(all);
    }
}
