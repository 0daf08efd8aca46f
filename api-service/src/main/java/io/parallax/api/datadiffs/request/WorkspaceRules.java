package io.parallax.api.datadiffs.request;

import io.parallax.api.requests.FieldReader;
import java.util.List;

/** What a request would have written into databases. */
final class WorkspaceRules {
    static final String COPY_A = "materialize_dataset1";
    static final String COPY_B = "materialize_dataset2";
    static final String DESTINATION = "materialization_destination_id";
    static final String SCHEMA = "temp_schema_override";

    static final List<Rule> ALL = List.of(
            WorkspaceRules::whole, WorkspaceRules::schema, WorkspaceRules::schemaOfNothing, WorkspaceRules::results);

    /** Whose figures are of less than all rows, or change in the end. */
    private static final List<String> NOT_WITH_RESULTS = List.of(
            "sampling_tolerance",
            "sampling_ratio",
            "sampling_max_rows",
            "diff_threshold",
            "per_column_diff_limit",
            "download_limit",
            "recheck");

    private WorkspaceRules() {}

    private static void whole(Asked asked) {
        if (asked.request().tables().materializeWithoutSampling() && !asked.isSet(DESTINATION)) {
            asked.missing(DESTINATION, "Name the data source that receives the rows.");
        }
    }

    private static void schema(Asked asked) {
        List<String> path = asked.request().tempSchemaOverride();
        if (path != null && path.isEmpty()) {
            asked.fault(SCHEMA, FieldReader.NO_PATH, "path");
        }
        if (path != null && path.size() > 2) {
            asked.fault(SCHEMA, "A schema's path has 1 or 2 parts: database, schema.", "too_long");
        }
    }

    private static void schemaOfNothing(Asked asked) {
        DiffRequest.Tables tables = asked.request().tables();
        boolean writes = tables.materializeDataset1() || tables.materializeDataset2() || asked.isSet(DESTINATION);
        if (asked.isSet(SCHEMA) && !writes) {
            asked.conflict(
                    SCHEMA,
                    "Give materialize_dataset1, materialize_dataset2 or materialization_destination_id, too: nothing is"
                            + " written otherwise.");
        }
    }

    private static void results(Asked asked) {
        if (asked.isSet(DESTINATION)) {
            NOT_WITH_RESULTS.stream()
                    .filter(asked::isGiven)
                    .forEach(field -> asked.conflict(field, "Not together with materialization_destination_id."));
        }
    }
}
