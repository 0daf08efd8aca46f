package io.parallax.engine.plan.dataset;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.TimeClip;
import io.parallax.contract.Workspace;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.write.InputCopy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Copies the datasets of a diff that are to be copied before they are compared. */
public record InputCopies(Sessions sessions, DiffSpec spec, @Nullable String temporary) {
    /** The same diff of the copies, and what was copied. */
    public record Copied(DiffSpec spec, SessionPair.Both<InputCopy.Copy> copies) {}

    /** Copies what is to be copied. */
    public Copied made(SourceDetails a, SourceDetails b, Cancellation cancellation) {
        Workspace workspace = spec.workspace();
        if (workspace == null) {
            return new Copied(
                    spec, new SessionPair.Both<>(InputCopy.Copy.none(spec.a()), InputCopy.Copy.none(spec.b())));
        }
        InputCopy.Copy ofA = copied(spec.a(), this::isNeeded, a, workspace.schemaA(), "a", cancellation);
        Map<String, String> namesOnA = namesOnA();
        Predicate<String> neededOfB = name -> isNeeded(namesOnA.getOrDefault(name, name));
        InputCopy.Copy ofB = copied(spec.b(), neededOfB, b, workspace.schemaB(), "b", cancellation);
        return new Copied(spec.of(ofA.dataset(), ofB.dataset()), new SessionPair.Both<>(ofA, ofB));
    }

    private Map<String, String> namesOnA() {
        return mapping().entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    private Map<String, String> mapping() {
        return spec.mapping() == null ? Map.of() : spec.mapping();
    }

    /** By A's name. */
    private boolean isNeeded(String name) {
        boolean isLookedAt = spec.keySearch() != null || Boolean.TRUE.equals(spec.profiles());
        return isLookedAt || spec.key().contains(name) || tellsTime(name) || isWanted(name);
    }

    private boolean tellsTime(String name) {
        TimeClip clip = spec.clip();
        TimeBuckets times = spec.timeBuckets();
        return clip != null && clip.column().equals(name)
                || times != null && times.column().equals(name);
    }

    private boolean isWanted(String name) {
        List<String> listed = spec.include().isEmpty() ? spec.exclude() : spec.include();
        boolean isListed = listed.contains(name) || listed.contains(mapping().getOrDefault(name, name));
        return spec.include().isEmpty() != isListed;
    }

    private InputCopy.Copy copied(
            Dataset dataset,
            Predicate<String> needed,
            SourceDetails source,
            @Nullable String schema,
            String side,
            Cancellation cancellation) {
        if (schema == null) {
            return InputCopy.Copy.none(dataset);
        }
        try {
            return new InputCopy(sessions)
                    .copy(dataset, needed, source, schema, Objects.requireNonNull(temporary) + side, cancellation);
        } catch (DiffFailedException e) {
            throw e.at("Side " + side.toUpperCase(Locale.ROOT));
        }
    }
}
