package io.parallax.outcome.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.message.Dependent;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What depends on the datasets. */
@Schema(name = "SummaryDependencies")
public record Dependencies(
        @Schema(
                        description = "Objects that are made of the compared tables, by the application that has them;"
                                + " without any, an application is left out.",
                        examples = "{}")
                Map<String, List<Downstream>> deps) {
    static Dependencies of(@Nullable List<Dependent> dependents, FinishedDiff.Sources sources) {
        List<Downstream> all = dependents == null
                ? List.of()
                : dependents.stream()
                        .map(dependent -> Downstream.of(dependent, dependent.sideB() ? sources.b() : sources.a()))
                        .distinct()
                        .toList();
        return new Dependencies(all.isEmpty() ? Map.of() : Map.of(sources.application(), all));
    }

    /** An object that is made of a compared table. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "DownstreamObject")
    public record Downstream(
            @Schema(description = "Data source and path in one.", examples = "1/public/order_totals") String uid,
            @Schema(description = "What it is.", examples = "view") String itemType,
            @Schema(description = "Its name.", examples = "order_totals") String name,
            @Schema(description = "Its schema and name.", examples = "[\"public\", \"order_totals\"]")
                    List<String> path,
            @Schema(description = "Where it is.", examples = "1") long dataSourceId) {
        static Downstream of(Dependent dependent, long source) {
            List<String> path = dependent.path();
            return new Downstream(
                    source + "/" + String.join("/", path), dependent.type(), path.get(path.size() - 1), path, source);
        }
    }
}
