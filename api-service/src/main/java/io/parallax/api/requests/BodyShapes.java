package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.parallax.api.problems.Fault;
import io.parallax.api.problems.Faults;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The shapes of all bodies, by the names of their schemas in the published API document: which JSON types each field
 * takes, however deep it is, and which values. What goes together is up to whoever reads them.
 */
@Startup
@ApplicationScoped
public class BodyShapes {
    /** Where the build leaves the document that is served. */
    private static final String DOCUMENT = "META-INF/quarkus-generated-openapi-doc.JSON";

    private static final List<Object> BODY = List.of("body");

    private record Shape(JsonNode json, Schema machine, ShapeFaults faults) {}

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
            shapes.put(name, new Shape(json, machine, new ShapeFaults(json)));
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
        ShapeFaults of = shape(schema).faults();
        shape(schema).machine().validate(object).stream()
                .filter(error -> ShapeFaults.isOfType(error) && !of.isMissing(error))
                .limit(Faults.MOST)
                .forEach(error -> faults.addShape(of.fault(error)));
        return object;
    }

    /**
     * Reads a body and notes all that is wrong with it by the schema of this name: with its types, and with each value of its own.
     *
     * @throws io.parallax.api.problems.InvalidRequestException when it is no JSON object at all, or more is wrong with it than anybody
     *     would read
     */
    public CheckedBody check(String schema, byte[] body, Faults faults) {
        ObjectNode object = JsonBody.parse(body);
        Shape shape = shape(schema);
        List<Error> errors = shape.machine().validate(object);
        if (errors.size() > Faults.MOST) {
            errors.stream().limit(Faults.MOST).map(shape.faults()::fault).forEach(faults::add);
            faults.refuse();
        }
        Set<List<Object>> faulty = new HashSet<>();
        errors.stream().filter(ShapeFaults::isOfType).map(shape.faults()::fault).forEach(fault -> {
            faults.addShape(fault);
            faulty.add(fault.loc());
        });
        new SoundValues(fault -> {
                    faults.add(fault);
                    faulty.add(fault.loc());
                })
                .check(shape.json(), object, BODY);
        List<Fault> others = errors.stream()
                .filter(error -> !faulty.contains(ShapeFaults.place(error)))
                .map(shape.faults()::fault)
                .toList();
        others.forEach(faults::add);
        others.forEach(fault -> faulty.add(fault.loc()));
        return CheckedBody.of(object, faulty);
    }

    private Shape shape(String schema) {
        return Objects.requireNonNull(shapes.get(schema), schema);
    }
}
