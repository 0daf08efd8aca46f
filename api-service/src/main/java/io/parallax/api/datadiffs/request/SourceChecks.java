package io.parallax.api.datadiffs.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.datasources.DataSource;
import io.parallax.api.ledger.issue.Connections;
import io.parallax.api.requests.FieldReader;
import io.parallax.contract.Hints;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether the data sources that a request names are there, and can do what it asks for. */
final class SourceChecks {
    private final FieldReader fields;
    private final ObjectNode json;
    private final SoundFields sound;
    private final Map<Long, DataSource> sources;

    SourceChecks(FieldReader fields, ObjectNode json, SoundFields sound, Map<Long, DataSource> sources) {
        this.fields = fields;
        this.json = json;
        this.sound = sound;
        this.sources = sources;
    }

    void check(WorkspaceValidator workspace) {
        DataSource a = checked("data_source1_id");
        DataSource b = checked("data_source2_id");
        DataSource destination = checked(WorkspaceValidator.DESTINATION);
        workspace.check(a, b, destination);
        if (a != null && b != null) {
            tolerateFloats(a, b);
            requireConnections(a, b, destination);
        }
        if (Algorithm.search(sound.path("algorithm_hint").textValue()) == Hints.Search.KEYS
                && !sound.path("data_source1_id").equals(sound.path("data_source2_id"))) {
            fields.fault("algorithm", "join and joindiff are for two datasets of one data source.", "conflict");
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
                    sound.keep("diff_tolerance", tolerance);
                });
    }

    private @Nullable DataSource checked(String field) {
        Long id = sound.id(field);
        if (id == null) {
            return null;
        }
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
}
