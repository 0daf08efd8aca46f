package io.parallax.api.datadiffs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.datasources.DataSource;
import io.parallax.api.ledger.issue.Connections;
import io.parallax.api.problems.Faults;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.FieldReader;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.Hints;
import io.parallax.contract.KeySearch;
import io.parallax.contract.Sampling;
import io.parallax.contract.SessionParameters;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.TimeClip;
import io.parallax.outcome.next.EarlyStopLimits;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A request for a diff, read as far as it goes, with everything found wrong with it so far. */
final class DiffValidator {
    private static final ObjectMapper MAPPER = DiffRequest.mapper();
    private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    /** The most seconds that a diff waits before it reads differing keys again. */
    private static final int LONGEST_WAIT = 3600;

    private static final int MOST_BUCKETS = 100_000;
    private static final List<String> STOPS = List.of("diff_threshold", "per_column_diff_limit", "download_limit");
    private static final List<String> SAMPLE_SIZES =
            List.of("sampling_tolerance", "sampling_ratio", "sampling_max_rows");
    private static final List<String> UNITS = Arrays.stream(TimeBuckets.Unit.values())
            .map(unit -> unit.name().toLowerCase(Locale.ROOT))
            .toList();
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    /** Rows of PostgreSQL below which nothing is sampled. */
    private static final long SAMPLING_THRESHOLD = 300_000;

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

    /** What a diff has that no request asks for; a diff that was answered may be sent again. */
    private static final Set<String> READ_ONLY = Arrays.stream(DiffObject.class.getRecordComponents())
            .map(RecordComponent::getName)
            .map(SNAKE_CASE::translate)
            .filter(name -> !KNOWN.contains(name) && !name.equals("request"))
            .collect(Collectors.toUnmodifiableSet());

    private final Faults faults;
    private final ObjectNode json;
    private final FieldReader fields;
    private final ObjectNode sound = MAPPER.createObjectNode();
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
    static DiffValidator parse(byte[] body, BodyShapes shapes) {
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
        times();
        rules();
        sampling();
        stops();
        hints();
        workspace();
        keep("tags", fields.texts("tags"));
        keep("archived", fields.flag("archived"));
        keep("snapshot", fields.flag("snapshot"));
        keep("run_profiles", fields.flag("run_profiles"));
        keep("webhook_ids", fields.ids("webhook_ids"));
        keep("recheck", fields.whole("recheck", 0, LONGEST_WAIT));
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
        keep("include_columns", fields.texts("include_columns"));
        keep("exclude_columns", fields.texts("exclude_columns"));
        keep("columns_to_compare", fields.texts("columns_to_compare"));
        if (fields.isSet("columns_to_compare") && fields.isSet("include_columns")) {
            fields.fault("columns_to_compare", "Give include_columns or columns_to_compare, not both.", "conflict");
        }
        List<List<String>> mapping = fields.pairs("column_mapping");
        keep("column_mapping", mapping);
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

    private void times() {
        keep("time_column", fields.text("time_column"));
        OffsetDateTime from = fields.time("time_interval_start");
        OffsetDateTime to = fields.time("time_interval_end");
        keep("time_interval_start", from == null ? null : from.toString());
        keep("time_interval_end", to == null ? null : to.toString());
        boolean bounded = fields.isSet("time_interval_start") || fields.isSet("time_interval_end");
        if (bounded && !fields.isSet("time_column")) {
            fields.fault(
                    "time_column", "Name the column that time_interval_start and time_interval_end clip.", "missing");
        }
        if (!bounded && fields.isSet("time_column") && !fields.isSet("time_aggregate")) {
            fields.fault(
                    "time_column",
                    "Give time_interval_start, time_interval_end or time_aggregate, too: alone it says nothing.",
                    "missing");
        }
        String unit = fields.word("time_aggregate", UNITS);
        keep("time_aggregate", unit);
        if (unit != null && !fields.isSet("time_column")) {
            fields.fault("time_column", "Name the column that time_aggregate is about.", "missing");
        }
        boolean sampled = SAMPLE_SIZES.stream().anyMatch(fields::isGiven);
        if (unit != null && sampled) {
            fields.fault("time_aggregate", "Give a sample or a timeline, not both.", "conflict");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            fields.fault("time_interval_end", "Must be after time_interval_start.", "out_of_range");
        }
    }

    private void rules() {
        boolean repeated = fields.flag("compare_duplicates");
        if (fields.isGiven("compare_duplicates")) {
            keep("compare_duplicates", repeated);
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
                .forEach(field -> sound.set(field, json.get(field)));
    }

    private void sampling() {
        BigDecimal tolerance = between("sampling_tolerance", BigDecimal.ONE);
        BigDecimal confidence = between("sampling_confidence", HUNDRED);
        BigDecimal ratio = between("sampling_ratio", BigDecimal.ONE);
        Long most = fields.whole("sampling_max_rows", 1, Long.MAX_VALUE);
        keep("sampling_tolerance", tolerance);
        keep("sampling_confidence", confidence);
        keep("sampling_ratio", ratio);
        keep("sampling_max_rows", most);
        keep("sampling_threshold", fields.whole("sampling_threshold", 0, Long.MAX_VALUE));
        if (fields.isGiven("sampling_tolerance") && !fields.isGiven("sampling_confidence")) {
            fields.fault(
                    "sampling_confidence", "Say how sure sampling_tolerance is to be kept, such as 99.", "missing");
        }
        boolean sized = SAMPLE_SIZES.stream().anyMatch(fields::isGiven);
        Stream.of("sampling_confidence", "sampling_threshold")
                .filter(field -> fields.isGiven(field) && !sized)
                .forEach(field -> fields.fault(
                        field,
                        "Give sampling_tolerance, sampling_ratio or sampling_max_rows, too: they say how large the sample is.",
                        "conflict"));
    }

    /** Both ends left out. */
    private @Nullable BigDecimal between(String field, BigDecimal most) {
        BigDecimal value = fields.decimal(field, BigDecimal.ZERO);
        if (value != null && (value.signum() == 0 || value.compareTo(most) >= 0)) {
            fields.fault(field, "Must be more than 0 and less than " + most + ".", "out_of_range");
            return null;
        }
        return value;
    }

    private void stops() {
        STOPS.forEach(field -> keep(field, fields.whole(field, 1, Long.MAX_VALUE)));
        boolean stops = STOPS.stream().anyMatch(fields::isGiven);
        if (stops && SAMPLE_SIZES.stream().anyMatch(fields::isGiven)) {
            STOPS.stream()
                    .filter(fields::isGiven)
                    .forEach(field -> fields.fault(field, "Give a limit or a sample, not both.", "conflict"));
        }
        if (stops && fields.isGiven("recheck")) {
            fields.fault("recheck", "Give a limit or recheck, not both.", "conflict");
        }
    }

    private void hints() {
        keep("algorithm_hint", algorithm());
        keep("bisection_factor", fields.whole("bisection_factor", 1, MOST_BUCKETS));
        keep("bisection_threshold", fields.whole("bisection_threshold", 1, Integer.MAX_VALUE));
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
                        || word.equals(Algorithm.HASH.word()) && search(hint) == Hints.Search.FINGERPRINTS);
    }

    private void workspace() {
        workspace.read();
        keep(WorkspaceValidator.COPY_A, fields.flag(WorkspaceValidator.COPY_A));
        keep(WorkspaceValidator.COPY_B, fields.flag(WorkspaceValidator.COPY_B));
        keep(WorkspaceValidator.DESTINATION, workspace.destination());
        keep(WorkspaceValidator.WHOLE, fields.flag(WorkspaceValidator.WHOLE));
        keep(WorkspaceValidator.SCHEMA, fields.path(WorkspaceValidator.SCHEMA));
    }

    private void settings(String field) {
        Map<String, String> settings = fields.scalars(field);
        keep(field, settings);
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
        boolean search = fields.flag("infer_pk");
        keep("infer_pk", search);
        for (String avoid : List.of("infer_pk_avoid_names", "infer_pk_avoid_types")) {
            keep(avoid, fields.texts(avoid));
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

    /** The ids of the webhooks it names. */
    Set<Long> webhookIds() {
        return sound.has("webhook_ids")
                ? StreamSupport.stream(sound.get("webhook_ids").spliterator(), false)
                        .map(JsonNode::longValue)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** The ids of the sources it names, as far as they can be ids. */
    Set<Long> sourceIds() {
        return Stream.of("data_source1_id", "data_source2_id", WorkspaceValidator.DESTINATION)
                .filter(sound::has)
                .map(field -> sound.get(field).longValue())
                .collect(Collectors.toSet());
    }

    /**
     * The request, once it is known which of its sources and webhooks exist.
     *
     * @throws io.parallax.api.problems.InvalidRequestException with everything that is wrong
     */
    DiffRequest check(Map<Long, DataSource> known, Set<Long> webhooks) {
        sources = known;
        webhookIds().stream()
                .filter(id -> !webhooks.contains(id))
                .sorted()
                .forEach(id -> fields.fault("webhook_ids", "There is no webhook " + id + ".", "unknown"));
        DataSource a = checked("data_source1_id");
        DataSource b = checked("data_source2_id");
        DataSource destination = checked(WorkspaceValidator.DESTINATION);
        workspace.check(a, b, destination);
        if (a != null && b != null) {
            tolerateFloats(a, b);
            requireConnections(a, b, destination);
        }
        if (search(sound.path("algorithm_hint").textValue()) == Hints.Search.KEYS
                && !sound.path("data_source1_id").equals(sound.path("data_source2_id"))) {
            fields.fault("algorithm", "join and joindiff are for two datasets of one data source.", "conflict");
        }
        faults.refuse();
        try {
            return MAPPER.treeToValue(sound, DiffRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a checked request does not convert", e);
        }
    }

    /** A task takes them at once; fewer would be exceeded, or never be enough. */
    private void requireConnections(DataSource a, DataSource b, @Nullable DataSource destination) {
        Connections needed = new Connections(
                a.id,
                b.id,
                destination == null ? null : destination.id,
                sound.path(WorkspaceValidator.COPY_A).asBoolean(),
                sound.path(WorkspaceValidator.COPY_B).asBoolean());
        requireConnections("data_source1_id", a, needed);
        if (!a.id.equals(b.id)) {
            requireConnections("data_source2_id", b, needed);
        }
        if (destination != null && !destination.id.equals(a.id) && !destination.id.equals(b.id)) {
            requireConnections(WorkspaceValidator.DESTINATION, destination, needed);
        }
    }

    private void requireConnections(String field, DataSource source, Connections needed) {
        Integer most = source.maxAllowedConnections;
        int least = needed.to(source.id);
        if (most != null && most < least) {
            fields.fault(
                    field,
                    "This diff needs " + least + " connections to the data source " + source.id
                            + " at a time, one of them to look whether somebody waits for its locks;"
                            + " max_allowed_connections is " + most + ".",
                    "connections");
        }
    }

    /** What its sources tolerate of floats, where the request does not say. */
    private void tolerateFloats(DataSource a, DataSource b) {
        Stream.of(a, b)
                .map(source -> source.floatTolerance)
                .flatMap(Stream::ofNullable)
                .max(BigDecimal::compareTo)
                .filter(tolerance -> !fields.isGiven("diff_tolerance"))
                .ifPresent(tolerance -> {
                    json.put("diff_tolerance", tolerance);
                    json.putNull("tolerance_mode");
                    sound.put("diff_tolerance", tolerance);
                });
    }

    private @Nullable DataSource checked(String field) {
        if (!sound.has(field)) {
            return null;
        }
        long id = sound.get(field).longValue();
        DataSource source = sources.get(id);
        if (source == null || source.deletedAt != null) {
            fields.fault(field, "There is no data source " + id + ".", "unknown");
        } else if (source.isPaused) {
            fields.fault(field, "The data source " + id + " is paused.", "paused");
        } else {
            return source;
        }
        return null;
    }

    /** What workers are asked, of a request that is sound. */
    DiffSpec spec(DiffRequest request) {
        List<String> include =
                request.columnsToCompare() == null ? request.includeColumns() : request.columnsToCompare();
        return new DiffSpec(
                new Dataset(
                        request.table1(), request.query1(), request.filter1(), request.dataSource1SessionParameters()),
                new Dataset(
                        request.table2(), request.query2(), request.filter2(), request.dataSource2SessionParameters()),
                request.pkColumns(),
                include,
                request.excludeColumns(),
                request.snapshot() ? true : null,
                mapping(request),
                new RuleValidator(fields).read(),
                request.timeIntervalStart() == null && request.timeIntervalEnd() == null
                        ? null
                        : new TimeClip(
                                Objects.requireNonNull(request.timeColumn()),
                                request.timeIntervalStart(),
                                request.timeIntervalEnd()),
                request.inferPk()
                        ? new KeySearch(
                                Objects.requireNonNullElse(request.inferPkAvoidNames(), List.of()),
                                Objects.requireNonNullElse(request.inferPkAvoidTypes(), List.of()))
                        : null,
                hints(request),
                sampling(request),
                request.timeAggregate() == null
                        ? null
                        : new TimeBuckets(
                                Objects.requireNonNull(request.timeColumn()),
                                TimeBuckets.Unit.valueOf(request.timeAggregate().toUpperCase(Locale.ROOT))),
                Boolean.TRUE.equals(request.compareDuplicates()) ? true : null,
                stops(request) == null ? null : true,
                workspace.workspace(sources, request),
                request.runProfiles() ? true : null);
    }

    /** JSON, when it ends before all is compared; null for never. */
    @Nullable
    String stops(DiffRequest request) {
        EarlyStopLimits stops =
                new EarlyStopLimits(request.diffThreshold(), request.perColumnDiffLimit(), request.downloadLimit());
        return stops.equals(new EarlyStopLimits(null, null, null)) ? null : Codec.text(stops);
    }

    private static @Nullable Sampling sampling(DiffRequest request) {
        if (request.samplingTolerance() == null
                && request.samplingRatio() == null
                && request.samplingMaxRows() == null) {
            return null;
        }
        return new Sampling(
                request.samplingTolerance(),
                Objects.requireNonNullElse(request.samplingConfidence(), Sampling.DEFAULT_CONFIDENCE),
                request.samplingRatio(),
                request.samplingMaxRows(),
                Objects.requireNonNullElse(request.samplingThreshold(), SAMPLING_THRESHOLD));
    }

    private static @Nullable Map<String, String> mapping(DiffRequest request) {
        List<List<String>> pairs = request.columnMapping();
        return pairs == null
                ? null
                : pairs.stream().collect(Collectors.toMap(pair -> pair.get(0), pair -> pair.get(1)));
    }

    private static @Nullable Hints hints(DiffRequest request) {
        Hints hints =
                new Hints(request.bisectionThreshold(), request.bisectionFactor(), search(request.algorithmHint()));
        return hints.equals(new Hints(null, null, null)) ? null : hints;
    }

    private static Hints.@Nullable Search search(@Nullable String algorithm) {
        return Algorithm.of(algorithm).map(Algorithm::search).orElse(null);
    }

    /** Names of fields that nobody knows. */
    List<String> ignoredFields() {
        return fields.unknown(KNOWN).stream()
                .filter(field -> !READ_ONLY.contains(field))
                .toList();
    }

    /** The names of all fields that are known. */
    static Set<String> known() {
        return KNOWN;
    }

    /** Those of them that are not supported yet. */
    static Set<String> notYet() {
        return NOT_YET;
    }
}
