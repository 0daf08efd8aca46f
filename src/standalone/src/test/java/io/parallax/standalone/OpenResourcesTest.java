package io.parallax.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OpenResourcesTest {
    private final OpenResources open = new OpenResources();
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesInReverseOrderAndOnce() throws Exception {
        open.open(() -> resource("first"));
        open.open(() -> resource("second"));
        open.close();
        open.close();
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void opensNothingOnceClosed() {
        open.close();
        assertThatThrownBy(() -> open.open(() -> resource("late"))).isInstanceOf(InterruptedException.class);
        assertThat(closed).isEmpty();
    }

    @Test
    void closesWhatIsBeingOpenedToo() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        Thread signal = new Thread(() -> {
            awaitQuietly(opening);
            open.close();
        });
        signal.start();
        open.open(() -> {
            opening.countDown();
            return resource("half open");
        });
        signal.join();
        assertThat(closed).containsExactly("half open");
    }

    @Test
    void closesTheOthersWhenOneFails() throws Exception {
        open.open(() -> resource("first"));
        open.open(() -> (AutoCloseable) () -> {
            throw new IllegalStateException("stuck");
        });
        open.close();
        assertThat(closed).containsExactly("first");
    }

    private AutoCloseable resource(String name) {
        return () -> closed.add(name);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
