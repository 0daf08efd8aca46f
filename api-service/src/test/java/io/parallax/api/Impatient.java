package io.parallax.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** The store of all tests, with few connections, of which nobody waits for long; nor does anybody for clients. */
public final class Impatient implements QuarkusTestProfile {
    public static final int CONNECTIONS = 6;
    public static final int SCRIPTS = 10;
    public static final int LISTENERS = 3;
    public static final int PATIENCE_SECONDS = 6;

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(
                StoreForTests.class,
                Map.of(
                        "quarkus.datasource.reactive.max-size",
                        Integer.toString(CONNECTIONS),
                        "parallax.store.patience",
                        "300ms",
                        "parallax.source-question-patience",
                        "1s",
                        "parallax.streams.scripts",
                        Integer.toString(SCRIPTS),
                        "parallax.streams.listeners",
                        Integer.toString(LISTENERS),
                        "parallax.streams.sign-of-life",
                        "1s",
                        "parallax.rate-limit.per-second",
                        "100000",
                        "parallax.answers.unread",
                        "30M",
                        "parallax.streams.patience",
                        PATIENCE_SECONDS + "s")));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
