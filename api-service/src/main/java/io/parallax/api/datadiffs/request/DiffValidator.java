package io.parallax.api.datadiffs.request;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.datasources.DataSource;
import io.parallax.api.problems.Faults;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.FieldReader;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.Hints;
import io.parallax.contract.SessionParameters;
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
public final class DiffValidator {
    private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    /** The most seconds that a diff waits before it reads differing keys again. */
    private static final int LONGEST_WAIT = 3600;

    private static final int MOST_BUCKETS = 100_000;

    /** Fields that no kind of source here can do anything about, and what to do instead. */
    private static final Map<String, String> IMPOSSIBLE = Map.of(
            "time_travel_point1", "PostgreSQL keeps no past states to read; leave it out.",
            "time_travel_point2", "PostgreSQL keeps no past states to read; leave it out.",
            "execute_as_user", "A data source has one login of its own; make another data source for another user.",
            "purged", "A new diff has no result rows to be purged; leave it out.",
            "column_rules",
                    "Say the same by diff_tolerances_per_column, datetime_tolerance, table_modifiers, sort_array_columns,"
                            + " column_mapping and exclude_columns.");

    /** Fields that are known and not supported yet. */
    private static final Set<String> NOT_YET = Set.of("file1", "file2", "file1_options", "file2_options");

    private static final Set<String> KNOWN = Arrays.stream(DiffRequest.class.getRecordComponents())
            .map(RecordComponent::getName)
            .map(SNAKE_CASE::translate)
            .collect(Collectors.toUnmodifiableSet());

    private final Faults faults;
    private final ObjectNode json;
    private final FieldReader fields;
    private final SoundFields sound = new SoundFields();
    private final WorkspaceValidator workspace;
    private Map<Long, DataSource> sources = Map.of();

    private DiffValidator(ObjectNode json, Faults faults) {
        this.json = json;
        this.faults = faults;
        this.fields = new FieldReader(json, List.of("body"), faults);
        this.workspace = new WorkspaceValidator(fields);
    }

    /**
     * Reads a body.
     *
     * @throws io.parallax.api.problems.InvalidRequestException when it is no JSON object at all
     */
    public static DiffValidator parse(byte[] body, BodyShapes shapes) {
        Faults faults = new Faults();
        DiffValidator validator = new DiffValidator(shapes.object("DiffRequest", body, faults), faults);
        validator.read();
        return validator;
    }

    private void read() {
        source("data_source1_id");
        source("data_source2_id");
        dataset("1");
        dataset("2");
        key();
        columns();
        new TimeValidator(fields, sound).read();
        rules();
        new ExtentValidator(fields, sound).read();
        hints();
        workspace();
        sound.keep("tags", fields.texts("tags"));
        sound.keep("archived", fields.flag("archived"));
        sound.keep("snapshot", fields.flag("snapshot"));
        sound.keep("run_profiles", fields.flag("run_profiles"));
        sound.keep("webhook_ids", fields.ids("webhook_ids"));
        sound.keep("recheck", fields.whole("recheck", 0, LONGEST_WAIT));
        NOT_YET.stream().sorted().forEach(this::refuseIfSet);
        IMPOSSIBLE.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(field -> {
            if (fields.isSet(field.getKey()) && !(field.getKey().equals("purged") && isAnswer())) {
                fields.fault(field.getKey(), field.getValue(), "unsupported");
            }
        });
    }

    /** Whether it is a diff as we showed it: some of its fields say what became of it then. */
    private boolean isAnswer() {
        return fields.isGiven("id");
    }

    private void columns() {
        sound.keep("include_columns", fields.texts("include_columns"));
        sound.keep("exclude_columns", fields.texts("exclude_columns"));
        sound.keep("columns_to_compare", fields.texts("columns_to_compare"));
        if (fields.isSet("columns_to_compare") && fields.isSet("include_columns")) {
            fields.fault("columns_to_compare", "Give include_columns or columns_to_compare, not both.", "conflict");
        }
        List<List<String>> mapping = fields.pairs("column_mapping");
        sound.keep("column_mapping", mapping);
        if (mapping != null) {
            requireOnce(mapping.stream().map(pair -> pair.get(0)).toList());
            requireOnce(mapping.stream().map(pair -> pair.get(1)).toList());
        }
    }

    private void requireOnce(List<String> names) {
        if (new HashSet<>(names).size() < names.size()) {
            fields.fault("column_mapping", "Map each column of either side once.", "duplicate");
        }
    }

    private void rules() {
        boolean repeated = fields.flag("compare_duplicates");
        if (fields.isGiven("compare_duplicates")) {
            sound.keep("compare_duplicates", repeated);
        }
        if (repeated && fields.isSet("time_aggregate")) {
            fields.fault("compare_duplicates", "Give compare_duplicates or time_aggregate, not both.", "conflict");
        }
        new RuleValidator(fields).read();
        List.of(
                        "diff_tolerances_per_column",
                        "diff_tolerance",
                        "tolerance_mode",
                        "datetime_tolerance",
                        "table_modifiers",
                        "sort_array_columns")
                .stream()
                .filter(fields::isGiven)
                .forEach(field -> sound.keep(field, json.get(field)));
    }

    private void hints() {
        sound.keep("algorithm_hint", algorithm());
        sound.keep("bisection_factor", fields.whole("bisection_factor", 1, MOST_BUCKETS));
        sound.keep("bisection_threshold", fields.whole("bisection_threshold", 1, Integer.MAX_VALUE));
        settings("data_source1_session_parameters");
        settings("data_source2_session_parameters");
    }

    private @Nullable String algorithm() {
        String hint = fields.word("algorithm_hint", Algorithm.WORDS);
        String algorithm = isOfAnAnswer(hint) ? null : fields.word("algorithm", Algorithm.WORDS);
        if (hint != null && algorithm != null && !hint.equals(algorithm)) {
            fields.fault("algorithm_hint", "Give algorithm or algorithm_hint, not both.", "conflict");
        }
        return hint == null ? algorithm : hint;
    }

    /** An answer's algorithm is what came of the hint; any other word in it is its sender's. */
    private boolean isOfAnAnswer(@Nullable String hint) {
        String word = json.path("algorithm").asText();
        return isAnswer()
                && (Algorithm.BY_ITSELF.contains(word)
                        || word.equals(Algorithm.HASH.word()) && Algorithm.search(hint) == Hints.Search.FINGERPRINTS);
    }

    private void workspace() {
        workspace.read();
        sound.keep(WorkspaceValidator.COPY_A, fields.flag(WorkspaceValidator.COPY_A));
        sound.keep(WorkspaceValidator.COPY_B, fields.flag(WorkspaceValidator.COPY_B));
        sound.keep(WorkspaceValidator.DESTINATION, workspace.destination());
        sound.keep(WorkspaceValidator.WHOLE, fields.flag(WorkspaceValidator.WHOLE));
        sound.keep(WorkspaceValidator.SCHEMA, fields.path(WorkspaceValidator.SCHEMA));
    }

    private void settings(String field) {
        Map<String, String> settings = fields.scalars(field);
        sound.keep(field, settings);
        if (settings == null) {
            return;
        }
        settings.keySet().stream().sorted().forEach(name -> {
            if (!SessionParameters.isName(name)) {
                fields.fault(field, "There is no such parameter: " + name + ".", "unknown");
            } else if (SessionParameters.isFixed(name)) {
                fields.fault(field, "The parameter " + name + " is fixed, as results depend on it.", "unsupported");
            }
        });
    }

    private void source(String field) {
        Long id = fields.requiredWhole(field, 1, Long.MAX_VALUE);
        if (id != null) {
            sound.keep(field, id);
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
        sound.keep(table, path);
        sound.keep(query, fields.text(query));
        sound.keep("filter" + side, fields.text("filter" + side));
    }

    private void key() {
        boolean search = fields.flag("infer_pk");
        sound.keep("infer_pk", search);
        for (String avoid : List.of("infer_pk_avoid_names", "infer_pk_avoid_types")) {
            sound.keep(avoid, fields.texts(avoid));
            if (fields.isSet(avoid) && !search) {
                fields.fault(avoid, "Only with infer_pk.", "conflict");
            }
        }
        if (search) {
            // An answer shows the key that was found.
            if (fields.isSet("pk_columns") && !isAnswer()) {
                fields.fault("pk_columns", "Give pk_columns or infer_pk, not both.", "conflict");
            }
            return;
        }
        if (!fields.isSet("pk_columns")) {
            fields.fault("pk_columns", "Name at least one key column, or let infer_pk find it.", "missing");
            return;
        }
        List<String> key = fields.texts("pk_columns");
        if (key != null && new HashSet<>(key).size() < key.size()) {
            fields.fault("pk_columns", "Name each key column once.", "duplicate");
        }
        sound.keep("pk_columns", key);
    }

    private void refuseIfSet(String field) {
        if (fields.isSet(field)) {
            fields.fault(field, "This field is not supported yet.", "unsupported");
        }
    }

    /** The ids of the webhooks it names. */
    public Set<Long> webhookIds() {
        return sound.ids("webhook_ids");
    }

    /** The ids of the sources it names, as far as they can be ids. */
    public Set<Long> sourceIds() {
        return Stream.of("data_source1_id", "data_source2_id", WorkspaceValidator.DESTINATION)
                .map(sound::id)
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
    }

    /**
     * The request, once it is known which of its sources and webhooks exist.
     *
     * @throws io.parallax.api.problems.InvalidRequestException with everything that is wrong
     */
    public DiffRequest check(Map<Long, DataSource> known, Set<Long> webhooks) {
        sources = known;
        webhookIds().stream()
                .filter(id -> !webhooks.contains(id))
                .sorted()
                .forEach(id -> fields.fault("webhook_ids", "There is no webhook " + id + ".", "unknown"));
        new SourceChecks(fields, json, sound, known).check(workspace);
        faults.refuse();
        return sound.request();
    }

    /** What workers are asked, of a request that is sound. */
    public DiffSpec spec(DiffRequest request) {
        return DiffSpecs.of(request, new RuleValidator(fields).read(), workspace.workspace(sources, request));
    }

    /** Names of fields that nobody knows, but for these. */
    public List<String> ignoredFields(Set<String> others) {
        return fields.unknown(KNOWN).stream()
                .filter(field -> !others.contains(field))
                .toList();
    }

    /** The names of all fields that are known. */
    public static Set<String> known() {
        return KNOWN;
    }

    /** Those of them that are not supported yet. */
    public static Set<String> notYet() {
        return NOT_YET;
    }
}
