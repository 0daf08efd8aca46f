package io.parallax.api.datadiffs.request;

import io.parallax.api.datasources.DataSource;
import io.parallax.contract.Workspace;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a diff writes what its request would have written. */
final class RequestedWorkspace {
    private static final int RANDOM_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestedWorkspace() {}

    /** Of a request that is sound; null when nothing is written. */
    static @Nullable Workspace of(DiffRequest request, Map<Long, DataSource> sources) {
        DiffRequest.Tables tables = request.tables();
        Long destination = tables.materializationDestinationId();
        if (!tables.materializeDataset1() && !tables.materializeDataset2() && destination == null) {
            return null;
        }
        long a = request.datasets().dataSource1Id();
        long b = request.datasets().dataSource2Id();
        return new Workspace(
                prefix(),
                tables.materializeDataset1() ? schema(sources.get(a), request) : null,
                tables.materializeDataset2() ? schema(sources.get(b), request) : null,
                destination == null
                        ? null
                        : new Workspace.Results(
                                schema(sources.get(destination), request), tables.materializeWithoutSampling()));
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
