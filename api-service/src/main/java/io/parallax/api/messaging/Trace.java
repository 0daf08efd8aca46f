package io.parallax.api.messaging;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Traces as the store keeps them: the value of the header {@code traceparent} of W3C Trace Context, without {@code tracestate}. */
public final class Trace {
    private static final W3CTraceContextPropagator HEADERS = W3CTraceContextPropagator.getInstance();
    private static final String PARENT = "traceparent";
    private static final TextMapGetter<Map<String, String>> GETTER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    };

    private Trace() {}

    /** That of what is done now; null where nobody traces. */
    public static @Nullable String current() {
        Map<String, String> headers = new HashMap<>();
        HEADERS.inject(Context.current(), headers, Map::put);
        return headers.get(PARENT);
    }

    /** @param parent null for what is done now */
    static Context within(@Nullable String parent) {
        return parent == null ? Context.current() : HEADERS.extract(Context.root(), Map.of(PARENT, parent), GETTER);
    }
}
