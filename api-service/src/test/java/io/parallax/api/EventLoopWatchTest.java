package io.parallax.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the watch sees what it is for. */
class EventLoopWatchTest {
    private Vertx vertx;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        EventLoopWatch.take();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        EventLoopWatch.take();
    }

    private List<String> faultsOf(Runnable work) throws Exception {
        List<String> faults = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        vertx.runOnContext(go -> {
            while (faults.isEmpty() && !done.isDone()) {
                work.run();
                faults.addAll(EventLoopWatch.take());
            }
            done.complete(null);
        });
        done.completeOnTimeout(null, 60, TimeUnit.SECONDS).get();
        return faults;
    }

    @Test
    void seesWorkThatTakesTooLong() throws Exception {
        assertThat(faultsOf(() -> {
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                }))
                .singleElement()
                .asString()
                .contains("Worked too long", "EventLoopWatchTest");
    }

    @Test
    void seesWorkThatWaits() throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        vertx.runOnContext(go -> {
            never.join();
            ended.complete(null);
        });
        ServiceTest.await(() -> assertThat(EventLoopWatch.take())
                .singleElement()
                .asString()
                .contains("Waited on", "EventLoopWatchTest"));
        never.complete(null);
        ended.get(10, TimeUnit.SECONDS);
    }
}
