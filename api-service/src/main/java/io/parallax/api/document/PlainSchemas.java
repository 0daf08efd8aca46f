package io.parallax.api.document;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Mends what the scanner writes in a way that makes generated clients clumsy: points in time are texts with a format
 * rather than types of their own, nothing stands beside a reference but its description, ids have 64 bits.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 3)
public class PlainSchemas implements OASFilter {
    private static final String TIME = "OffsetDateTime";

    @Override
    public Schema filterSchema(Schema schema) {
        String reference = schema.getRef();
        if (reference == null) {
            return schema;
        }
        schema.setType(null);
        if (reference.endsWith("/" + TIME)) {
            schema.setRef(null);
            schema.setType(List.of(SchemaType.STRING));
            schema.setFormat("date-time");
        }
        return schema;
    }

    @Override
    public Parameter filterParameter(Parameter parameter) {
        if (parameter.getIn() == Parameter.In.PATH) {
            parameter.setSchema(
                    OASFactory.createSchema().addType(SchemaType.INTEGER).format("int64"));
        }
        return parameter;
    }

    /** What an address says of its parameters, its operations need not say again. */
    @Override
    public PathItem filterPathItem(PathItem path) {
        if (path.getParameters() != null) {
            Set<String> known =
                    path.getParameters().stream().map(Parameter::getName).collect(Collectors.toSet());
            path.getOperations().values().forEach(operation -> operation.setParameters(own(operation, known)));
        }
        return path;
    }

    private static @Nullable List<Parameter> own(Operation operation, Set<String> known) {
        List<Parameter> own = operation.getParameters() == null
                ? List.of()
                : operation.getParameters().stream()
                        .filter(parameter ->
                                parameter.getIn() != Parameter.In.PATH || !known.contains(parameter.getName()))
                        .toList();
        return own.isEmpty() ? null : own;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().removeSchema(TIME);
    }
}
