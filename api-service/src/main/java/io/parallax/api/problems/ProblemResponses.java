package io.parallax.api.problems;

import io.parallax.api.links.AdminPaths;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Writes into the API document which {@link Problem}s every call may be answered by, as far as that follows from its
 * address, method and body. Those of one call alone are in the static part of the document.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemResponses implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> describe(path, method, operation)));
    }

    private static void describe(String path, HttpMethod method, Operation operation) {
        APIResponses responses = operation.getResponses();
        add(responses, "401", "Unauthorized");
        if (method != HttpMethod.GET || AdminPaths.have(path)) {
            add(responses, "403", "Forbidden");
        }
        if (path.contains("{")) {
            add(responses, "404", "NotFound");
        }
        if (path.contains("{") || operation.getRequestBody() != null || operation.getParameters() != null) {
            add(responses, "422", "InvalidRequest");
        }
        add(responses, "429", "TooManyRequests");
        if (!responses.hasAPIResponse("503")) {
            add(responses, "503", "StoreUnavailable");
        }
        add(responses, APIResponses.DEFAULT, "Problem");
        responses.setAPIResponses(new TreeMap<>(responses.getAPIResponses()));
    }

    private static void add(APIResponses responses, String status, String name) {
        responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(name));
    }
}
