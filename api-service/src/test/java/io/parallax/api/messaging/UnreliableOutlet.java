package io.parallax.api.messaging;

import io.parallax.api.health.KafkaState;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.vertx.core.VertxException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes events, though not at once. */
public class UnreliableOutlet extends EventProducer {
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals;

    /** Refuses so many first. */
    @SuppressWarnings("unchecked")
    public UnreliableOutlet(int refusals) {
        super(
                (MutinyEmitter<byte[]>) Proxy.newProxyInstance(
                        UnreliableOutlet.class.getClassLoader(),
                        new Class<?>[] {MutinyEmitter.class},
                        (proxy, method, args) -> {
                            throw new UnsupportedOperationException(method.getName());
                        }),
                new KafkaState());
        this.refusals = new AtomicInteger(refusals);
    }

    @Override
    public Uni<Void> send(long diff, byte[] event, String contentType) {
        return Uni.createFrom().deferred(() -> {
            if (refusals.getAndDecrement() > 0) {
                return Uni.createFrom().failure(new VertxException("expected by this test", true));
            }
            taken.add(new String(event, StandardCharsets.UTF_8));
            return Uni.createFrom().voidItem();
        });
    }

    public List<String> taken() {
        return taken;
    }
}
