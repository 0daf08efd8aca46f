package io.parallax.api.datadiffs.request;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** What is compared: the datasets, the key, and the columns. */
final class DatasetRules {
    static final List<Rule> ALL = List.of(
            asked -> dataset(asked, "1"),
            asked -> dataset(asked, "2"),
            DatasetRules::avoided,
            DatasetRules::key,
            DatasetRules::columns,
            DatasetRules::mapping);

    private DatasetRules() {}

    private static void dataset(Asked asked, String side) {
        String table = "table" + side;
        String query = "query" + side;
        if (asked.isSet(table) && asked.isSet(query)) {
            asked.conflict(table, "Give " + table + " or " + query + ", not both.");
        } else if (!asked.isSet(table) && !asked.isSet(query) && !asked.isSet("file" + side)) {
            asked.missing(table, "Give " + table + " or " + query + ".");
        }
    }

    private static void avoided(Asked asked) {
        Stream.of("infer_pk_avoid_names", "infer_pk_avoid_types")
                .filter(field -> asked.isSet(field) && !asked.request().key().inferPk())
                .forEach(field -> asked.conflict(field, "Only with infer_pk."));
    }

    private static void key(Asked asked) {
        List<String> key = asked.request().key().pkColumns();
        if (asked.request().key().inferPk()) {
            // An answer shows the key that was found.
            if (asked.isSet("pk_columns") && !asked.isAnswer()) {
                asked.conflict("pk_columns", "Give pk_columns or infer_pk, not both.");
            }
        } else if (!asked.isSet("pk_columns")) {
            asked.missing("pk_columns", "Name at least one key column, or let infer_pk find it.");
        } else if (isRepeated(key)) {
            asked.fault("pk_columns", "Name each key column once.", "duplicate");
        }
    }

    private static void columns(Asked asked) {
        if (asked.isSet("columns_to_compare") && asked.isSet("include_columns")) {
            asked.conflict("columns_to_compare", "Give include_columns or columns_to_compare, not both.");
        }
    }

    private static void mapping(Asked asked) {
        List<List<String>> mapping = asked.request().columns().columnMapping();
        if (mapping != null
                && (isRepeated(mapping.stream().map(pair -> pair.get(0)).toList())
                        || isRepeated(mapping.stream().map(pair -> pair.get(1)).toList()))) {
            asked.fault("column_mapping", "Map each column of either side once.", "duplicate");
        }
    }

    private static boolean isRepeated(List<String> names) {
        return new HashSet<>(names).size() < names.size();
    }
}
