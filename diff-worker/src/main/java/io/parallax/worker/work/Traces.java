package io.parallax.worker.work;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.parallax.contract.message.Report.Running;
import io.smallrye.reactive.messaging.TracingMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Spans of work, each below the message that asked for it: one trace leads from a request to the end of its diff. */
@ApplicationScoped
public class Traces {
    private final Tracer tracer;

    Traces(Tracer tracer) {
        this.tracer = tracer;
    }

    /** The work within a span of that name. */
    public Runnable within(Message<?> message, String name, Running work, Runnable performance) {
        Context parent = TracingMetadata.fromMessage(message)
                .map(TracingMetadata::getCurrentContext)
                .orElse(Context.root());
        return () -> {
            Span span = tracer.spanBuilder(name)
                    .setParent(parent)
                    .setSpanKind(SpanKind.INTERNAL)
                    .setAttribute("parallax.diff", work.address().diff())
                    .setAttribute(
                            "parallax.task",
                            work.address().stage() + "/" + work.address().task())
                    .setAttribute("parallax.attempt", work.attempt())
                    .startSpan();
            try (Scope scope = parent.with(span).makeCurrent()) {
                performance.run();
            } finally {
                span.end();
            }
        };
    }
}
