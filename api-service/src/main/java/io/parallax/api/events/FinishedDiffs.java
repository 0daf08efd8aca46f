package io.parallax.api.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.contract.ErrorType;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.Set;

/** How diffs have ended, each counted by the one replica that has noted that its event is sent. */
@ApplicationScoped
public class FinishedDiffs {
    private static final String NO_ERROR = "none";

    private static final Set<String> OVER =
            Set.of(EventType.FINISHED.word(), EventType.FAILED.word(), EventType.CANCELLED.word());

    private final MeterRegistry meters;

    FinishedDiffs(MeterRegistry meters) {
        this.meters = meters;
    }

    /** What appears with its first diff has not increased by it. */
    void beginWithZero(@Observes StartupEvent event) {
        counter("done", NO_ERROR);
        counter("cancelled", NO_ERROR);
        for (ErrorType type : ErrorType.values()) {
            counter("failed", type.publicName());
        }
    }

    void count(Collection<CloudEvent> sent) {
        sent.stream().filter(event -> OVER.contains(event.word())).forEach(event -> counter(
                        event.data().path("status").asText(),
                        event.data().path("error").path("error_type").asText(NO_ERROR))
                .increment());
    }

    private Counter counter(String status, String error) {
        return Counter.builder("parallax.diffs.finished")
                .description("Diffs that are over, by status and error")
                .tag("status", status)
                .tag("error_type", error)
                .register(meters);
    }
}
