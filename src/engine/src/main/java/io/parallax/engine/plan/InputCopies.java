package io.parallax.engine.plan;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.Workspace;
import io.parallax.engine.Cancellation;
import io.parallax.engine.source.SessionPair;
import io.parallax.engine.source.Sessions;
import io.parallax.engine.write.InputCopy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Copies the datasets of a diff that are to be copied before they are compared. */
record InputCopies(Sessions sessions, DiffSpec spec, @Nullable String temporary) {
    /**
     * The same diff of the copies.
     *
     * @param guarded tables whose policies hid rows from them, by their quoted paths
     */
    record Copied(DiffSpec spec, SessionPair.Both<List<String>> guarded) {}

    /** Copies what is to be copied. */
    Copied made(SourceDetails a, SourceDetails b, Cancellation cancellation) {
        Workspace workspace = spec.workspace();
        if (workspace == null) {
            return new Copied(spec, new SessionPair.Both<>(List.of(), List.of()));
        }
        InputCopy.Copy ofA = copied(spec.a(), a, workspace.schemaA(), "a", cancellation);
        InputCopy.Copy ofB = copied(spec.b(), b, workspace.schemaB(), "b", cancellation);
        return new Copied(spec.of(ofA.dataset(), ofB.dataset()), new SessionPair.Both<>(ofA.guarded(), ofB.guarded()));
    }

    private InputCopy.Copy copied(
            Dataset dataset, SourceDetails source, @Nullable String schema, String side, Cancellation cancellation) {
        if (schema == null) {
            return new InputCopy.Copy(dataset, List.of());
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
