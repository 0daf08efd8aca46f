package io.parallax.api.document;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/** Writes into the API document which JSON types a field takes where they are several, which no Java type tells; lists are of texts. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 1)
public class SeveralTypes implements OASFilter {
    private static final List<SchemaType> TEXT_OR_LIST = List.of(SchemaType.STRING, SchemaType.ARRAY);
    private static final List<SchemaType> FLAG_OR_LIST = List.of(SchemaType.BOOLEAN, SchemaType.ARRAY);
    private static final List<SchemaType> NUMBER_OR_LIST = List.of(SchemaType.INTEGER, SchemaType.ARRAY);
    private static final List<SchemaType> NUMBER_OR_TEXT = List.of(SchemaType.INTEGER, SchemaType.STRING);
    private static final List<SchemaType> SCALARS = List.of(SchemaType.STRING, SchemaType.NUMBER, SchemaType.BOOLEAN);

    private static final Map<String, List<SchemaType>> OF_DIFFS = Map.of(
            "sort_array_columns", FLAG_OR_LIST,
            "time_travel_point1", NUMBER_OR_TEXT,
            "time_travel_point2", NUMBER_OR_TEXT);

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        write(schemas, "DiffRequest", OF_DIFFS);
        write(schemas, "DataDiff", OF_DIFFS);
        write(schemas, "DiffRequest", Map.of("temp_schema_override", TEXT_OR_LIST));
        write(schemas, "NewDataSource", Map.of("temp_schema", TEXT_OR_LIST));
        write(schemas, "DataSourceChange", Map.of("temp_schema", TEXT_OR_LIST));
        write(schemas, "KeyGuessRequest", Map.of("candidates", NUMBER_OR_LIST));
        field(schemas, "SourceQuery", "params").setType(List.of(SchemaType.ARRAY, SchemaType.OBJECT, SchemaType.NULL));
        for (String side : List.of("1", "2")) {
            field(schemas, "DiffRequest", "data_source" + side + "_session_parameters")
                    .getAdditionalPropertiesSchema()
                    .setType(SCALARS);
        }
    }

    private static Schema field(Map<String, Schema> schemas, String name, String field) {
        Schema schema = Objects.requireNonNull(schemas.get(name), name);
        return Objects.requireNonNull(schema.getProperties().get(field), field);
    }

    private static void write(Map<String, Schema> schemas, String name, Map<String, List<SchemaType>> fields) {
        fields.forEach((field, types) -> {
            Schema property = field(schemas, name, field);
            property.setType(
                    Stream.concat(types.stream(), Stream.of(SchemaType.NULL)).toList());
            if (types.contains(SchemaType.ARRAY)) {
                property.setItems(OASFactory.createSchema().addType(SchemaType.STRING));
            }
        });
    }
}
