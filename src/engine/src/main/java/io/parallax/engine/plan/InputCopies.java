package io.parallax.engine.plan;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.Workspace;
import io.parallax.engine.Cancellation;
import io.parallax.engine.source.Sessions;
import io.parallax.engine.write.InputCopy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Copies the datasets of a diff that are to be copied before they are compared. */
record InputCopies(Sessions sessions, DiffSpec spec, @Nullable String temporary) {
    /** The same diff of the copies. */
    DiffSpec made(SourceDetails a, SourceDetails b, Cancellation cancellation) {
        Workspace workspace = spec.workspace();
        return workspace == null
                ? spec
                : spec.of(
                        copied(spec.a(), a, workspace.schemaA(), "a", cancellation),
                        copied(spec.b(), b, workspace.schemaB(), "b", cancellation));
    }

    private Dataset copied(
            Dataset dataset, SourceDetails source, @Nullable String schema, String side, Cancellation cancellation) {
        if (schema == null) {
            return dataset;
        }
        try {
            return new InputCopy(sessions)
                    .copy(dataset, source, schema, Objects.requireNonNull(temporary) + side, cancellation);
        } catch (DiffFailedException e) {
            throw e.failure().type() == ErrorType.CANCELLED
                    ? e
                    : e.saying("Side " + side.toUpperCase(java.util.Locale.ROOT) + ": "
                            + e.failure().message());
        }
    }
}
