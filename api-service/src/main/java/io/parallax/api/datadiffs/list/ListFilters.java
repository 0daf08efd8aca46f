package io.parallax.api.datadiffs.list;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Writes into the API document by what lists of diffs are filtered and ordered; the filters that are asked for most stand there themselves. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ListFilters implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        Operation list = document.getPaths().getPathItem("/api/v1/datadiffs").getGET();
        List<Parameter> parameters = list.getParameters();
        parameters.stream()
                .filter(parameter -> parameter.getName().equals("order_by"))
                .forEach(parameter -> parameter.getSchema().setEnumeration(List.copyOf(DiffField.ALL.keySet())));
        Set<String> shown = parameters.stream().map(Parameter::getName).collect(Collectors.toSet());
        String others = DiffField.ALL.keySet().stream()
                .filter(name -> !shown.contains(name))
                .collect(Collectors.joining(", "));
        list.setDescription(list.getDescription() + " Besides those below there are " + others + ".");
    }
}
