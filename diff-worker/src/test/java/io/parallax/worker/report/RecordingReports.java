package io.parallax.worker.report;

import io.parallax.contract.message.Report;
import io.parallax.worker.config.WorkerName;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reports that go nowhere, or cannot even be tried to be sent. */
public class RecordingReports extends Reports {
    private final List<Report> sent = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();

    @SuppressWarnings("unchecked")
    public RecordingReports() {
        super(
                (MutinyEmitter<byte[]>) Proxy.newProxyInstance(
                        RecordingReports.class.getClassLoader(),
                        new Class<?>[] {MutinyEmitter.class},
                        (proxy, method, args) -> {
                            throw new UnsupportedOperationException(method.getName());
                        }),
                new WorkerName("w"));
    }

    @Override
    public Uni<Void> send(Report report) {
        Throwable thrown = fault.get();
        if (thrown instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        sent.add(report);
        return Uni.createFrom().voidItem();
    }

    /** What is thrown from now on by whoever sends; null for nothing. */
    public void breakBy(@Nullable Throwable thrown) {
        fault.set(thrown);
    }

    public List<Report> sent() {
        return sent;
    }
}
