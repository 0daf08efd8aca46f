package io.parallax.api.datadiffs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.datasources.DataSource;
import io.parallax.api.problems.Faults;
import io.parallax.api.requests.FieldReader;
import io.parallax.api.requests.JsonBody;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request for a diff, read as far as it goes, with everything found wrong with it so far. */
final class DiffDraft {
    private static final ObjectMapper MAPPER = DiffRequest.mapper();
    private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    /** The most seconds that a diff waits before it reads differing keys again. */
    private static final int LONGEST_WAIT = 3600;

    /** Fields that act; whatever else is known is not supported yet. */
    private static final Set<String> ACTING = Set.of(
            "data_source1_id",
            "data_source2_id",
            "table1",
            "table2",
            "query1",
            "query2",
            "pk_columns",
            "include_columns",
            "exclude_columns",
            "filter1",
            "filter2",
            "tags",
            "snapshot",
            "recheck");

    private static final Set<String> KNOWN = Arrays.stream(DiffRequest.class.getRecordComponents())
            .map(RecordComponent::getName)
            .map(SNAKE_CASE::translate)
            .collect(Collectors.toUnmodifiableSet());

    private final Faults faults = new Faults();
    private final ObjectNode json;
    private final FieldReader fields;
    private final ObjectNode sound = MAPPER.createObjectNode();

    private DiffDraft(ObjectNode json) {
        this.json = json;
        this.fields = new FieldReader(json, List.of("body"), faults);
    }

    /**
     * Reads a body.
     *
     * @throws io.parallax.api.problems.InvalidRequestException when it is no JSON object at all
     */
    static DiffDraft parse(byte[] body) {
        DiffDraft draft = new DiffDraft(JsonBody.parse(body));
        draft.read();
        return draft;
    }

    private void read() {
        source("data_source1_id");
        source("data_source2_id");
        dataset("1");
        dataset("2");
        key();
        keep("include_columns", fields.texts("include_columns"));
        keep("exclude_columns", fields.texts("exclude_columns"));
        keep("tags", fields.texts("tags"));
        keep("snapshot", fields.flag("snapshot"));
        keep("recheck", fields.whole("recheck", 0, LONGEST_WAIT));
        KNOWN.stream().filter(field -> !ACTING.contains(field)).sorted().forEach(this::refuseIfSet);
    }

    private void source(String field) {
        Long id = fields.requiredWhole(field, 1, Long.MAX_VALUE);
        if (id != null) {
            sound.put(field, id);
        }
    }

    private void dataset(String side) {
        String table = "table" + side;
        String query = "query" + side;
        if (fields.isSet(table) && fields.isSet(query)) {
            fields.fault(table, "Give " + table + " or " + query + ", not both.", "conflict");
        } else if (!fields.isSet(table) && !fields.isSet(query) && !fields.isSet("file" + side)) {
            fields.fault(table, "Give " + table + " or " + query + ".", "missing");
        }
        List<String> path = fields.texts(table);
        if (path != null && path.size() > 3) {
            fields.fault(table, "A table's path has 1 to 3 parts.", "too_long");
        }
        keep(table, path);
        keep(query, fields.text(query));
        keep("filter" + side, fields.text("filter" + side));
    }

    private void key() {
        if (!fields.isSet("pk_columns") && !json.path("pk_columns").isValueNode()
                || json.path("pk_columns").isNull()) {
            fields.fault("pk_columns", "Name at least one key column.", "missing");
            return;
        }
        List<String> key = fields.texts("pk_columns");
        if (key != null && new HashSet<>(key).size() < key.size()) {
            fields.fault("pk_columns", "Name each key column once.", "duplicate");
        }
        keep("pk_columns", key);
    }

    private void keep(String field, @Nullable Object value) {
        if (value != null) {
            sound.set(field, MAPPER.valueToTree(value));
        }
    }

    private void refuseIfSet(String field) {
        if (fields.isSet(field)) {
            fields.fault(field, "This field is not supported yet.", "unsupported");
        }
    }

    /** The ids of the sources it names, as far as they can be ids. */
    Set<Long> sourceIds() {
        return Stream.of("data_source1_id", "data_source2_id")
                .filter(sound::has)
                .map(field -> sound.get(field).longValue())
                .collect(Collectors.toSet());
    }

    /**
     * The request, once it is known which of its sources exist.
     *
     * @throws io.parallax.api.problems.InvalidRequestException with everything that is wrong
     */
    DiffRequest check(Map<Long, DataSource> sources) {
        check("data_source1_id", sources);
        check("data_source2_id", sources);
        faults.refuse();
        try {
            return MAPPER.treeToValue(sound, DiffRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a checked request does not convert", e);
        }
    }

    private void check(String field, Map<Long, DataSource> sources) {
        if (!sound.has(field)) {
            return;
        }
        long id = sound.get(field).longValue();
        DataSource source = sources.get(id);
        if (source == null) {
            fields.fault(field, "There is no data source " + id + ".", "unknown");
        } else if (source.isPaused) {
            fields.fault(field, "The data source " + id + " is paused.", "paused");
        }
    }

    /** Names of fields that nobody knows. */
    List<String> ignoredFields() {
        return fields.unknown(KNOWN);
    }
}
