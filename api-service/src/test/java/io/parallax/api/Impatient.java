package io.parallax.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** The store of all tests, with few connections, of which nobody waits for long. */
public final class Impatient implements QuarkusTestProfile {
    static final int CONNECTIONS = 6;

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(
                StoreForTests.class,
                Map.of(
                        "quarkus.datasource.reactive.max-size",
                        Integer.toString(CONNECTIONS),
                        "parallax.store.patience",
                        "300ms")));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
