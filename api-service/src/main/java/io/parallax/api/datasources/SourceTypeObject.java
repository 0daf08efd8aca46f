package io.parallax.api.datasources;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.text.SourceOption;
import io.parallax.text.SourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A type of source as the API shows it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "DataSourceType", description = "A type of source that data sources can be made of.")
public record SourceTypeObject(
        @Schema(description = "The word for people.", examples = "PostgreSQL") String name,
        @Schema(description = "The word for programs.", examples = "pg") String type,
        @Schema(description = "What its options are.") ConfigurationSchema configurationSchema,
        @Schema(description = "What it can do beyond comparing rows.") List<String> features) {
    static SourceTypeObject of(SourceType type) {
        Map<String, Property> properties = new LinkedHashMap<>();
        type.options().forEach(option -> properties.put(option.name(), Property.of(option)));
        return new SourceTypeObject(
                type.name(),
                type.type(),
                new ConfigurationSchema(
                        type.name(),
                        "object",
                        properties,
                        names(type, SourceOption::required),
                        names(type, SourceOption::secret)),
                List.of());
    }

    private static List<String> names(SourceType type, Predicate<SourceOption> which) {
        return type.options().stream().filter(which).map(SourceOption::name).toList();
    }

    /** The options of a type, in the manner of JSON Schema. */
    @Schema(name = "ConfigurationSchema", description = "The options of a type, in the manner of JSON Schema.")
    public record ConfigurationSchema(
            @Schema(description = "The type in words.") String title,
            @Schema(description = "Always object.") String type,
            @Schema(description = "The options by name.") Map<String, Property> properties,
            @Schema(description = "Options that must be given.") List<String> required,
            @Schema(description = "Options that are never shown again.") List<String> secret) {}

    /** One option. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ConfigurationProperty", description = "One option.")
    public record Property(
            @Schema(description = "Its name for people.", examples = "Host") String title,
            @Schema(description = "string or integer.") String type,
            @Schema(description = "password for a secret; else left out.", examples = "password") @Nullable
                    String format,
            @Schema(description = "What it means.") String description,
            @JsonProperty("default")
                    @Schema(
                            description = "Its value when none is given: a text or a number.",
                            implementation = Object.class)
                    @Nullable
                    JsonNode otherwise,
            @JsonProperty("enum") @Schema(description = "The only values there are.") @Nullable List<String> choices) {
        static Property of(SourceOption option) {
            return new Property(
                    option.title(),
                    option.kind() == SourceOption.Kind.NUMBER ? "integer" : "string",
                    option.secret() ? "password" : null,
                    option.description(),
                    option.otherwise(),
                    option.choices().isEmpty() ? null : option.choices());
        }
    }
}
