package io.parallax.api.datadiffs.request;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fields that are known and refused, as far as they say anything. */
final class RefusedFields {
    static final List<Rule> ALL = List.of(RefusedFields::notYet, RefusedFields::impossible);

    /** Fields that are known and not supported yet. */
    static final Set<String> NOT_YET = Set.of("file1", "file2", "file1_options", "file2_options");

    private static final String PURGED = "purged";

    /** Fields that no kind of source here can do anything about, and what to do instead. */
    private static final Map<String, String> IMPOSSIBLE = Map.of(
            "time_travel_point1",
            "PostgreSQL keeps no past states to read; leave it out.",
            "time_travel_point2",
            "PostgreSQL keeps no past states to read; leave it out.",
            "execute_as_user",
            "A data source has one login of its own; make another data source for another user.",
            PURGED,
            "A new diff has no result rows to be purged; leave it out.",
            "column_rules",
            "Say the same by diff_tolerances_per_column, datetime_tolerance, table_modifiers, sort_array_columns,"
                    + " column_mapping and exclude_columns.");

    /** All of them. */
    static final Set<String> NAMES =
            Stream.concat(NOT_YET.stream(), IMPOSSIBLE.keySet().stream()).collect(Collectors.toUnmodifiableSet());

    private RefusedFields() {}

    private static void notYet(Asked asked) {
        NOT_YET.stream()
                .sorted()
                .filter(asked::isSet)
                .forEach(field -> asked.fault(field, "This field is not supported yet.", "unsupported"));
    }

    private static void impossible(Asked asked) {
        IMPOSSIBLE.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(field -> asked.isSet(field.getKey()) && !(field.getKey().equals(PURGED) && asked.isAnswer()))
                .forEach(field -> asked.fault(field.getKey(), field.getValue(), "unsupported"));
    }
}
