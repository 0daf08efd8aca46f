package io.parallax.api.document;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Writes into the API document which JSON types a field takes where they are several, which no Java type tells. That is an
 * extension, as generators make of several types a class that takes the first one only, and reads no other.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 1)
public class SeveralTypes implements OASFilter {
    /** The JSON types of a field, instead of {@code type}. */
    public static final String TYPES = "x-json-types";

    /** The JSON type of a list's elements, where there is no {@code items}. */
    public static final String ITEMS = "x-json-items";

    private static final String TEXT = "string";
    private static final String LIST = "array";
    private static final List<String> TEXT_OR_LIST = List.of(TEXT, LIST);

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        write(schemas, "NewDataSource", Map.of("temp_schema", TEXT_OR_LIST));
        write(schemas, "DataSourceChange", Map.of("temp_schema", TEXT_OR_LIST));
        write(schemas, "KeyGuessRequest", Map.of("candidates", List.of("integer", LIST)));
        field(schemas, "SourceQuery", "params").addExtension(TYPES, List.of(LIST, "object"));
    }

    private static void write(Map<String, Schema> schemas, String name, Map<String, List<String>> fields) {
        fields.forEach((field, types) -> {
            Schema property = field(schemas, name, field);
            property.addExtension(TYPES, types);
            if (types.contains(LIST)) {
                property.addExtension(ITEMS, TEXT);
            }
        });
    }

    private static Schema field(Map<String, Schema> schemas, String name, String field) {
        Schema schema = Objects.requireNonNull(schemas.get(name), name);
        return Objects.requireNonNull(schema.getProperties().get(field), field);
    }
}
