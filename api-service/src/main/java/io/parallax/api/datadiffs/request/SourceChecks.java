package io.parallax.api.datadiffs.request;

import io.parallax.api.datasources.DataSource;
import io.parallax.api.ledger.issue.Connections;
import io.parallax.contract.Hints;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the data sources that a request names are there, and can do what it asks for. */
final class SourceChecks {
    private static final String A = "data_source1_id";
    private static final String B = "data_source2_id";

    private final Asked asked;
    private final DiffRequest request;
    private final Map<Long, DataSource> sources;

    SourceChecks(Asked asked, Map<Long, DataSource> sources) {
        this.asked = asked;
        this.request = asked.request();
        this.sources = sources;
    }

    void check() {
        DataSource a = checked(A, request.datasets().dataSource1Id());
        DataSource b = checked(B, request.datasets().dataSource2Id());
        DataSource destination =
                checked(WorkspaceRules.DESTINATION, request.tables().materializationDestinationId());
        place(WorkspaceRules.COPY_A, request.tables().materializeDataset1(), a);
        place(WorkspaceRules.COPY_B, request.tables().materializeDataset2(), b);
        place(WorkspaceRules.DESTINATION, true, destination);
        if (a != null && b != null) {
            requireConnections(a, b, destination);
        }
        if (Algorithm.search(request.hints().algorithmHint()) == Hints.Search.KEYS
                && request.datasets().dataSource1Id() != request.datasets().dataSource2Id()) {
            asked.conflict("algorithm", "join and joindiff are for two datasets of one data source.");
        }
    }

    /** What the sources of a request that is sound tolerate of floats, where it does not say; empty for nothing. */
    Optional<BigDecimal> floatTolerance() {
        return asked.isGiven("diff_tolerance")
                ? Optional.empty()
                : Stream.of(
                                request.datasets().dataSource1Id(),
                                request.datasets().dataSource2Id())
                        .map(sources::get)
                        .flatMap(source -> Stream.ofNullable(source.floatTolerance))
                        .max(BigDecimal::compareTo);
    }

    private void place(String field, boolean wished, @Nullable DataSource source) {
        if (!wished || source == null) {
            return;
        }
        List<String> path = request.tempSchemaOverride();
        if ((path == null || path.isEmpty()) && source.tempSchema == null) {
            asked.missing(
                    field,
                    "The data source " + source.id + " has no temp_schema to write to; set it, or give"
                            + " temp_schema_override.");
        }
        if (path != null && path.size() == 2 && !path.get(0).equals(source.database())) {
            asked.conflict(
                    WorkspaceRules.SCHEMA,
                    "The data source " + source.id + " is connected to the database " + source.database()
                            + ", and can write to no other one.");
        }
    }

    /** A task takes them at once; fewer would be exceeded, or never be enough. */
    private void requireConnections(DataSource a, DataSource b, @Nullable DataSource destination) {
        Connections needed = new Connections(
                a.id,
                b.id,
                destination == null ? null : destination.id,
                request.tables().materializeDataset1(),
                request.tables().materializeDataset2());
        requireConnections(A, a, needed);
        if (!a.id.equals(b.id)) {
            requireConnections(B, b, needed);
        }
        if (destination != null && !destination.id.equals(a.id) && !destination.id.equals(b.id)) {
            requireConnections(WorkspaceRules.DESTINATION, destination, needed);
        }
    }

    private void requireConnections(String field, DataSource source, Connections needed) {
        Integer most = source.maxAllowedConnections;
        int least = needed.to(source.id);
        if (most != null && most < least) {
            asked.fault(
                    field,
                    "This diff needs " + least + " connections to the data source " + source.id
                            + " at a time, one of them to look whether somebody waits for its locks;"
                            + " max_allowed_connections is " + most + ".",
                    "connections");
        }
    }

    private @Nullable DataSource checked(String field, @Nullable Long id) {
        if (id == null || id == 0) {
            return null;
        }
        DataSource source = sources.get(id);
        if (source == null || source.deletedAt != null) {
            asked.fault(field, "There is no data source " + id + ".", "unknown");
        } else if (source.isPaused) {
            asked.fault(field, "The data source " + id + " is paused.", "paused");
        } else {
            return source;
        }
        return null;
    }
}
