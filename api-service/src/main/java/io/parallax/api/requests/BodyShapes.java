package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import io.parallax.api.problems.Fault;
import io.parallax.api.problems.Faults;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The shapes of all bodies, by the names of their schemas in the published API document: which JSON types each field
 * takes, however deep it is. What values mean, and what goes together, is up to whoever reads them.
 */
@Startup
@ApplicationScoped
public class BodyShapes {
    /** Where the build leaves the document that is served. */
    private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";

    private static final List<Object> BODY = List.of("body");

    private record Shape(JsonNode json, Schema machine) {}

    private final Map<String, Shape> shapes = new HashMap<>();

    BodyShapes() {
        this(published());
    }

    BodyShapes(JsonNode document) {
        SchemaRegistry machines = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Shapes of = new Shapes(document);
        of.bodies().forEach(name -> {
            JsonNode json = of.shape(name);
            Schema machine = machines.getSchema(json);
            machine.initializeValidators();
            shapes.put(name, new Shape(json, machine));
        });
    }

    private static JsonNode published() {
        try (InputStream document =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(DOCUMENT)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(document, DOCUMENT));
        } catch (IOException e) {
            throw new IllegalStateException("the API document cannot be read", e);
        }
    }

    /**
     * Reads a body's fields, noting those that have another JSON type than the schema of this name says.
     *
     * @throws io.parallax.api.problems.InvalidRequestException when it is no JSON object at all
     */
    public FieldReader fields(String schema, byte[] body, Faults faults) {
        return new FieldReader(object(schema, body, faults), BODY, faults);
    }

    /** The body itself, likewise. */
    public ObjectNode object(String schema, byte[] body, Faults faults) {
        ObjectNode object = JsonBody.parse(body);
        Shape shape = Objects.requireNonNull(shapes.get(schema), schema);
        shape.machine().validate(object).forEach(error -> faults.addShape(fault(shape.json(), error)));
        return object;
    }

    private static Fault fault(JsonNode shape, Error error) {
        NodePath path = error.getInstanceLocation();
        List<Object> place = new ArrayList<>(BODY);
        JsonNode expected = shape;
        for (int i = 0; i < path.getNameCount(); i++) {
            Object step = path.getElement(i);
            place.add(step);
            expected = Shapes.inner(expected, step);
        }
        return new Fault(place, "Must be " + JsonTypes.words(expected) + ".", JsonTypes.fault(expected));
    }
}
