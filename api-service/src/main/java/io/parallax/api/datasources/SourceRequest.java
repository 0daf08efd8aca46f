package io.parallax.api.datasources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parallax.api.problems.Fault;
import io.parallax.api.problems.Faults;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.FieldReader;
import io.parallax.api.requests.JsonBody;
import io.parallax.contract.SourceDetails;
import io.parallax.text.SourceOption;
import io.parallax.text.SourceType;
import io.parallax.text.TextDialects;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a new data source, checked.
 *
 * @param options all of them, secrets and defaults included
 */
record SourceRequest(
        String name,
        SourceType type,
        ObjectNode options,
        @Nullable Integer maxAllowedConnections,
        boolean isPaused,
        @Nullable String tempSchema,
        @Nullable BigDecimal floatTolerance,
        List<String> ignoredFields) {
    private static final List<Object> BODY = List.of("body");
    private static final Set<String> KNOWN =
            Set.of("name", "type", "options", "max_allowed_connections", "is_paused", "temp_schema", "float_tolerance");
    private static final int MAX_NAME = 200;

    /** Options that say who is talked to, and how sure that is. */
    private static final List<String> DESTINATION = List.of("host", "port", "sslmode", "rootcert");

    /**
     * The request in this body.
     *
     * @throws io.parallax.api.problems.InvalidRequestException with everything that is wrong with it
     */
    static SourceRequest parse(byte[] body, BodyShapes shapes) {
        Faults faults = new Faults();
        return parse(shapes.object("NewDataSource", body, faults), faults);
    }

    /**
     * A data source with some of its fields, and some of its options, changed. A secret that is not given stays, unless the source is
     * to be reached elsewhere.
     *
     * @param now how to reach it until now; asked for where options change
     * @param faults what is wrong with the shape of the change
     * @throws io.parallax.api.problems.InvalidRequestException with everything that is wrong with it
     */
    static SourceRequest changed(DataSource source, Supplier<SourceDetails> now, ObjectNode change, Faults faults) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", source.name);
        json.put("type", source.type);
        json.set("options", JsonBody.parse(source.options.getBytes(StandardCharsets.UTF_8)));
        json.put("max_allowed_connections", source.maxAllowedConnections);
        json.put("is_paused", source.isPaused);
        if (source.tempSchema != null) {
            json.putArray("temp_schema").add(source.tempSchema);
        }
        json.put("float_tolerance", source.floatTolerance);
        json.setAll(change);
        if (change.has("type") && !change.path("type").equals(TextNode.valueOf(source.type))) {
            faults.add(
                    new Fault(List.of("body", "type"), "Stays what it is; make another data source.", "unsupported"));
            faults.refuse();
        }
        if (change.get("options") instanceof ObjectNode options) {
            json.set("options", merged(source, now, options, faults));
        }
        return parse(json, faults);
    }

    /** What is not given stays; but no secret is sent to where nobody has given it for. */
    private static ObjectNode merged(DataSource source, Supplier<SourceDetails> now, ObjectNode change, Faults faults) {
        ObjectNode shown = JsonBody.parse(source.options.getBytes(StandardCharsets.UTF_8));
        ObjectNode merged = shown.deepCopy();
        merged.setAll(change);
        boolean elsewhere = DESTINATION.stream().anyMatch(name -> !same(shown.path(name), merged.path(name)));
        TextDialects.sourceType(source.type).stream()
                .flatMap(type -> type.options().stream())
                .filter(option ->
                        option.secret() && change.path(option.name()).asText("").isEmpty())
                .map(SourceOption::name)
                .forEach(name -> {
                    JsonNode kept = now.get().options().get(name);
                    merged.set(name, kept);
                    if (elsewhere && kept != null) {
                        faults.add(new Fault(
                                List.of("body", "options", name),
                                "Must be given again where " + String.join(", ", DESTINATION) + " change.",
                                "missing"));
                    }
                });
        return merged;
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.asText("").equals(other.asText(""));
    }

    private static SourceRequest parse(ObjectNode json, Faults faults) {
        FieldReader fields = new FieldReader(json, BODY, faults);
        String name = name(fields);
        SourceType type = type(fields);
        ObjectNode options = fields.requiredObject("options");
        ObjectNode checked = type == null || options == null ? null : options(type, options, faults);
        Long connections = fields.whole("max_allowed_connections", 1, Integer.MAX_VALUE);
        boolean isPaused = fields.flag("is_paused");
        String tempSchema = tempSchema(fields, checked);
        BigDecimal floatTolerance = fields.decimal("float_tolerance", BigDecimal.ZERO);
        faults.refuse();
        return new SourceRequest(
                Objects.requireNonNull(name),
                Objects.requireNonNull(type),
                Objects.requireNonNull(checked),
                connections == null ? null : connections.intValue(),
                isPaused,
                tempSchema,
                floatTolerance,
                fields.unknown(KNOWN));
    }

    /** The schema's name; the database may come before it, but there is no other one than the source's own. */
    private static @Nullable String tempSchema(FieldReader fields, @Nullable ObjectNode options) {
        List<String> path = fields.path("temp_schema");
        if (path == null) {
            return null;
        }
        String database = options == null ? "" : options.path("dbname").asText();
        if (path.size() > 2) {
            fields.fault("temp_schema", "A schema's path has 1 or 2 parts: database, schema.", "too_long");
        } else if (path.size() == 2 && !database.isEmpty() && !path.get(0).equals(database)) {
            fields.fault(
                    "temp_schema",
                    "The data source is connected to the database " + database + ", and can write to no other one.",
                    "conflict");
        }
        return path.get(path.size() - 1);
    }

    private static @Nullable String name(FieldReader fields) {
        String name = fields.requiredText("name");
        if (name != null && name.length() > MAX_NAME) {
            fields.fault("name", "Must have at most " + MAX_NAME + " characters.", "too_long");
        }
        return name;
    }

    private static @Nullable SourceType type(FieldReader fields) {
        String type = fields.requiredText("type");
        if (type == null) {
            return null;
        }
        SourceType known = TextDialects.sourceType(type).orElse(null);
        if (known == null) {
            fields.fault(
                    "type",
                    "This type is not supported yet; there are " + TextDialects.sourceTypeNames() + ".",
                    "unsupported");
        }
        return known;
    }

    private static ObjectNode options(SourceType type, ObjectNode given, Faults faults) {
        FieldReader fields = new FieldReader(given, List.of("body", "options"), faults);
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        type.options().forEach(option -> read(option, fields, options));
        fields.unknown(type.optionNames())
                .forEach(name -> fields.fault(name, "There is no such option for " + type.type() + ".", "unknown"));
        return options;
    }

    private static void read(SourceOption option, FieldReader fields, ObjectNode into) {
        SourceOption.Range range = option.range();
        if (range != null) {
            Long number = fields.whole(option.name(), range.least(), range.most());
            into.set(option.name(), number == null ? option.otherwise() : IntNode.valueOf(number.intValue()));
            return;
        }
        String text = option.required() ? fields.requiredText(option.name()) : fields.text(option.name());
        if (text == null) {
            if (option.otherwise() != null) {
                into.set(option.name(), option.otherwise());
            }
        } else if (!option.choices().isEmpty() && !option.choices().contains(text)) {
            fields.fault(option.name(), "Must be one of " + String.join(", ", option.choices()) + ".", "enum");
        } else {
            into.put(option.name(), text);
        }
    }

    /** The options that may be shown. */
    ObjectNode shownOptions() {
        ObjectNode shown = options.deepCopy();
        type.options().stream().filter(SourceOption::secret).forEach(option -> shown.remove(option.name()));
        return shown;
    }

    /** The body of the request, for the API document. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "NewDataSource", description = "A data source to be.")
    record Document(
            @Schema(description = "A name of its own.", required = true, examples = "warehouse") String name,
            @Schema(description = "Its type; see data_sources/types.", required = true, examples = "pg") String type,
            @Schema(
                            description = "How to reach it; see the type's configuration_schema.",
                            required = true,
                            ref = OptionsSchema.NAME)
                    ObjectNode options,
            @Schema(
                            description = "The most connections to it at one time, over all workers; null for no limit."
                                    + " A task of a diff takes one for each side, and one task may always run.",
                            examples = "8")
                    @Nullable
                    Integer maxAllowedConnections,
            @Schema(description = "While true, new diffs of it are refused.", defaultValue = "false") boolean isPaused,
            @Schema(
                            description =
                                    "The schema that diffs may write tables to: its exact name, behind that of the"
                                            + " database and a dot if you like, or a list of these names. A name with a"
                                            + " dot in it stands in double quotes. Its role needs"
                                            + " USAGE and CREATE there, and nothing else may be in it that begins with parallax_.",
                            examples = "scratch")
                    @Nullable
                    Object tempSchema,
            @Schema(
                            description = "How far apart columns of floats may be where a diff has no diff_tolerance.",
                            minimum = "0",
                            examples = "0.000001")
                    @Nullable
                    BigDecimal floatTolerance) {}
}
