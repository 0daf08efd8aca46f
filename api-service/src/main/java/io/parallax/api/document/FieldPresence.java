package io.parallax.api.document;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the API document which fields are always there and which may be null, as the records say. In an answer
 * every field is there but those that {@link JsonInclude} may leave out, and the {@link Nullable} ones may be null; in a
 * request null says the same as a field that is left out, which all but the required ones may be.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 2)
public class FieldPresence implements OASFilter {
    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);
    private static final DotName INCLUDE = DotName.createSimple(JsonInclude.class);
    private static final DotName PROPERTY = DotName.createSimple(JsonProperty.class);
    private static final DotName UNWRAPPED = DotName.createSimple(JsonUnwrapped.class);
    private static final DotName IGNORED = DotName.createSimple(JsonIgnoreProperties.class);
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    private final IndexView index;

    public FieldPresence(IndexView index) {
        this.index = index;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        Set<String> requests = requests(document, schemas);
        index.getAnnotations(SCHEMA).stream()
                .filter(annotation -> annotation.target().kind() == AnnotationTarget.Kind.CLASS)
                .filter(annotation -> annotation.target().asClass().isRecord())
                .forEach(annotation -> {
                    Schema schema = schemas.get(name(annotation));
                    if (schema != null) {
                        ClassInfo type = annotation.target().asClass();
                        show(type, schema, schemas);
                        describe(type, schema, requests.contains(name(annotation)));
                    }
                });
    }

    private static String name(AnnotationInstance annotation) {
        AnnotationValue name = annotation.value("name");
        return name == null ? annotation.target().asClass().simpleName() : name.asString();
    }

    /** The names of the schemas that bodies of requests are made of. */
    private static Set<String> requests(OpenAPI document, Map<String, Schema> schemas) {
        Set<String> names = new HashSet<>();
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .flatMap(body -> body.getContent().getMediaTypes().values().stream())
                .forEach(content -> follow(content.getSchema(), schemas, names));
        return names;
    }

    private static void follow(@Nullable Schema schema, Map<String, Schema> schemas, Set<String> names) {
        if (schema == null) {
            return;
        }
        String reference = schema.getRef();
        if (reference != null) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (names.add(name)) {
                follow(schemas.get(name), schemas, names);
            }
        }
        follow(schema.getItems(), schemas, names);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> follow(property, schemas, names));
        }
    }

    /** A record that is shown as if its fields were of the one around it may have a schema that is written; it is not written twice. */
    private static void show(ClassInfo type, Schema schema, Map<String, Schema> schemas) {
        Set<String> own = type.fields().stream().map(FieldPresence::name).collect(Collectors.toSet());
        type.fields().stream()
                .filter(field -> field.hasAnnotation(UNWRAPPED))
                .map(field -> schemas.get(field.type().name().withoutPackagePrefix()))
                .filter(Objects::nonNull)
                .flatMap(written -> written.getProperties().entrySet().stream())
                .filter(property -> !own.contains(property.getKey()))
                .forEach(property -> schema.addProperty(property.getKey(), ShownSchema.of(property.getValue())));
    }

    private void describe(ClassInfo type, Schema schema, boolean request) {
        Map<String, Schema> properties = schema.getProperties();
        Map<String, Schema> inOrder = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        fields(type).forEach(field -> {
            String name = name(field);
            Schema property = properties.get(name);
            if (property == null || inOrder.containsKey(name)) {
                return;
            }
            boolean always = request ? isRequired(schema, name) : !mayBeLeftOut(field);
            boolean mayBeNull = request ? !always : always && field.type().hasAnnotation(NULLABLE);
            if (always) {
                required.add(name);
            }
            inOrder.put(name, mayBeNull ? orNull(property) : property);
        });
        schema.setProperties(inOrder);
        schema.setRequired(required.isEmpty() ? null : required);
    }

    /** Those of a record that is shown as if its fields were of the one around it stand in its place, but for those that are left out. */
    private Stream<FieldInfo> fields(ClassInfo type) {
        return type.fieldsInDeclarationOrder().stream()
                .filter(field -> !Modifier.isStatic(field.flags()))
                .flatMap(field -> field.hasAnnotation(UNWRAPPED)
                        ? fields(index.getClassByName(field.type().name()))
                                .filter(inner -> !leftOut(field).contains(name(inner)))
                        : Stream.of(field));
    }

    private static List<String> leftOut(FieldInfo unwrapped) {
        AnnotationInstance ignored = unwrapped.annotation(IGNORED);
        return ignored == null ? List.of() : List.of(ignored.value().asStringArray());
    }

    private static String name(FieldInfo field) {
        AnnotationInstance property = field.annotation(PROPERTY);
        AnnotationValue name = property == null ? null : property.value();
        return name == null ? SNAKE_CASE.translate(field.name()) : name.asString();
    }

    private static boolean isRequired(Schema schema, String name) {
        return schema.getRequired() != null && schema.getRequired().contains(name);
    }

    private static boolean mayBeLeftOut(FieldInfo field) {
        return field.hasAnnotation(INCLUDE)
                || field.declaringClass().hasDeclaredAnnotation(INCLUDE)
                        && field.type().hasAnnotation(NULLABLE);
    }

    private static Schema orNull(Schema property) {
        Schema nothing = OASFactory.createSchema().addType(SchemaType.NULL);
        if (property.getRef() != null) {
            return OASFactory.createSchema()
                    .description(property.getDescription())
                    .addAnyOf(OASFactory.createSchema().ref(property.getRef()))
                    .addAnyOf(nothing);
        }
        if (property.getEnumeration() != null) {
            return OASFactory.createSchema()
                    .description(property.getDescription())
                    .addAnyOf(property.description(null))
                    .addAnyOf(nothing);
        }
        boolean any = property.getType() == null;
        return any || property.getType().contains(SchemaType.NULL) ? property : property.addType(SchemaType.NULL);
    }
}
