package io.parallax.engine.plan;

import io.parallax.contract.DiffSpec;
import io.parallax.contract.Workspace;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.task.Staging;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.SchemaMatch;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a diff writes the rows that differ. */
final class StagingPlanner {
    private StagingPlanner() {}

    /** Whether it writes any. */
    static boolean isWished(DiffSpec spec) {
        return spec.workspace() != null && spec.workspace().results() != null;
    }

    /** Null where it writes none; {@code values}: those of A, whose types the tables have. */
    static @Nullable Staging of(DiffSpec spec, SchemaMatch match, Values values, @Nullable String temporary) {
        Workspace workspace = spec.workspace();
        Workspace.Results results = workspace == null ? null : workspace.results();
        if (workspace == null || results == null) {
            return null;
        }
        List<String> types = Stream.concat(
                        match.key().stream().map(pair -> keyType(pair, values)),
                        match.compared().stream().map(pair -> valueType(pair, values)))
                .toList();
        return new Staging(
                results.schema(), Objects.requireNonNull(temporary), workspace.prefix(), results.whole(), types);
    }

    /** Keys are sent as texts where bytes do not sort as numbers do. */
    private static String keyType(ColumnPair pair, Values values) {
        ColumnType a = pair.a().type();
        ColumnType b = pair.b().type();
        boolean isInteger = a.isInteger() && b.isInteger();
        if (a.family() != Family.NUMBER || isInteger) {
            return natural(pair.a(), values.sentKey(pair.a(), pair.b(), false));
        }
        return a.isFloat() || b.isFloat() ? "float8" : "numeric";
    }

    private static String valueType(ColumnPair pair, Values values) {
        return natural(pair.a(), values.sentWhole(pair.a(), pair.b()));
    }

    private static String natural(Column column, WireColumn wire) {
        return column.type().family() == Family.INTERVAL
                ? "interval"
                : wire.encoding().type();
    }
}
