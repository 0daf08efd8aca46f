package io.parallax.api.datadiffs.request;

import io.parallax.api.datasources.DataSource;
import io.parallax.api.requests.FieldReader;
import io.parallax.contract.Workspace;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a request would have written into databases. */
public final class WorkspaceValidator {
    public static final String COPY_A = "materialize_dataset1";
    public static final String COPY_B = "materialize_dataset2";
    public static final String DESTINATION = "materialization_destination_id";
    public static final String WHOLE = "materialize_without_sampling";
    public static final String SCHEMA = "temp_schema_override";

    /** Whose figures are of less than all rows, or change in the end. */
    private static final List<String> NOT_WITH_RESULTS = List.of(
            "sampling_tolerance",
            "sampling_ratio",
            "sampling_max_rows",
            "diff_threshold",
            "per_column_diff_limit",
            "download_limit",
            "recheck");

    private static final int RANDOM_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FieldReader fields;

    WorkspaceValidator(FieldReader fields) {
        this.fields = fields;
    }

    /** Notes what is wrong with the fields, as far as they tell. */
    public void read() {
        boolean writes = fields.flag(COPY_A) | fields.flag(COPY_B) | fields.isSet(DESTINATION);
        if (fields.flag(WHOLE) && !fields.isSet(DESTINATION)) {
            fields.fault(DESTINATION, "Name the data source that receives the rows.", "missing");
        }
        List<String> path = fields.path(SCHEMA);
        if (path != null && path.size() > 2) {
            fields.fault(SCHEMA, "A schema's path has 1 or 2 parts: database, schema.", "too_long");
        }
        if (fields.isSet(SCHEMA) && !writes) {
            fields.fault(
                    SCHEMA,
                    "Give materialize_dataset1, materialize_dataset2 or materialization_destination_id, too: nothing is"
                            + " written otherwise.",
                    "conflict");
        }
        if (fields.isSet(DESTINATION)) {
            NOT_WITH_RESULTS.stream()
                    .filter(fields::isGiven)
                    .forEach(field ->
                            fields.fault(field, "Not together with materialization_destination_id.", "conflict"));
        }
    }

    public @Nullable Long destination() {
        return fields.whole(DESTINATION, 1, Long.MAX_VALUE);
    }

    /** Notes which of the sources have no place for tables. */
    public void check(@Nullable DataSource a, @Nullable DataSource b, @Nullable DataSource destination) {
        place(COPY_A, fields.flag(COPY_A), a);
        place(COPY_B, fields.flag(COPY_B), b);
        place(DESTINATION, fields.isSet(DESTINATION), destination);
    }

    private void place(String field, boolean wished, @Nullable DataSource source) {
        if (!wished || source == null) {
            return;
        }
        List<String> path = fields.path(SCHEMA);
        if (path == null && source.tempSchema == null) {
            fields.fault(
                    field,
                    "The data source " + source.id + " has no temp_schema to write to; set it, or give"
                            + " temp_schema_override.",
                    "missing");
        }
        if (path != null && path.size() == 2 && !path.get(0).equals(source.database())) {
            fields.fault(
                    SCHEMA,
                    "The data source " + source.id + " is connected to the database " + source.database()
                            + ", and can write to no other one.",
                    "conflict");
        }
    }

    /** Null when nothing is written. */
    public @Nullable Workspace workspace(Map<Long, DataSource> sources, DiffRequest request) {
        Long destination = request.materializationDestinationId();
        if (Stream.of(request.materializeDataset1(), request.materializeDataset2(), destination != null)
                .noneMatch(Boolean::booleanValue)) {
            return null;
        }
        return new Workspace(
                prefix(),
                request.materializeDataset1() ? schema(sources.get(request.dataSource1Id()), request) : null,
                request.materializeDataset2() ? schema(sources.get(request.dataSource2Id()), request) : null,
                destination == null
                        ? null
                        : new Workspace.Results(
                                schema(sources.get(destination), request), request.materializeWithoutSampling()));
    }

    private static String schema(@Nullable DataSource source, DiffRequest request) {
        List<String> path = request.tempSchemaOverride();
        return path == null
                ? Objects.requireNonNull(Objects.requireNonNull(source).tempSchema)
                : path.get(path.size() - 1);
    }

    private static String prefix() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return "parallax_" + HexFormat.of().formatHex(random) + "_";
    }
}
