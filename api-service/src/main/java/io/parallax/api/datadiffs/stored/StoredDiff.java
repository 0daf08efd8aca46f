package io.parallax.api.datadiffs.stored;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.datadiffs.request.DiffRequest;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.Sample;
import io.parallax.contract.tally.Reads;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import io.parallax.outcome.Notes;
import io.parallax.outcome.Outcome;
import io.parallax.outcome.PartialCoverage;
import io.parallax.outcome.PlanSummary;
import io.parallax.outcome.Recheck;
import io.parallax.outcome.answer.TimelineObject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documents that a stored diff holds. */
public final class StoredDiff {
    private static final ObjectMapper MAPPER = DiffRequest.mapper();

    /** Fields that are not given take no room. */
    private static final ObjectWriter WRITER = DiffRequest.mapper()
            .setDefaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .writer();

    private StoredDiff() {}

    /** A request as it is stored. */
    public static String text(DiffRequest request) {
        try {
            return WRITER.writeValueAsString(request);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a DiffRequest cannot be written", e);
        }
    }

    /** The request, with what has become of some of its fields since. */
    public static DiffRequest request(Diff diff) {
        ObjectNode request = read(diff.request, ObjectNode.class);
        request.put("archived", diff.archived);
        request.put("purged", diff.purged);
        if (request.path("infer_pk").asBoolean() && diff.comparison != null) {
            request.set(
                    "pk_columns",
                    MAPPER.valueToTree(read(diff.comparison, PlanSummary.class).key()));
        }
        return read(request);
    }

    /** How many characters its documents have, as far as they may be many. */
    public static long size(Diff diff) {
        return Stream.of(diff.request, diff.comparison, diff.tally, diff.notes)
                .mapToLong(json -> json == null ? 0 : json.length())
                .sum();
    }

    /** What a diff found that is done. */
    public static Outcome outcome(Diff diff) {
        return new Outcome(
                read(diff.comparison, PlanSummary.class),
                read(diff.tally, Tally.class),
                diff.sample == null ? null : read(diff.sample, Sample.class),
                diff.partial == null ? null : read(diff.partial, PartialCoverage.class));
    }

    /** What a diff writes into databases; null for nothing. */
    public static @Nullable Workspace workspace(Diff diff) {
        return diff.writes ? read(diff.spec, DiffSpec.class).workspace() : null;
    }

    /** How the sides of a diff that is done were read; null where nobody took it down. */
    public static @Nullable Reads reads(Diff diff) {
        return diff.reads == null ? null : read(diff.reads, Reads.class);
    }

    /** What who reads a diff must know, as far as it is known. */
    public static List<String> notes(Diff diff) {
        List<String> found =
                diff.notes == null ? List.of() : read(diff.notes, Notes.class).sentences();
        return diff.handedBack == null || diff.status().isOver()
                ? found
                : Stream.concat(found.stream(), Stream.of(diff.handedBack)).toList();
    }

    /** What of the figures of a diff that is done belongs to which time; null where nobody asked. */
    public static @Nullable TimelineObject timeline(Diff diff, @Nullable String timeline) {
        String unit = timeline == null ? null : request(diff).time().timeAggregate();
        return timeline == null || unit == null
                ? null
                : TimelineObject.of(read(timeline, Timeline.class), unit, outcome(diff));
    }

    /** What became of the differing keys of a diff that is done; null where they were not read again. */
    public static @Nullable Recheck recheck(Diff diff) {
        return diff.recheck == null ? null : read(diff.recheck, Recheck.class);
    }

    private static DiffRequest read(ObjectNode request) {
        try {
            return MAPPER.treeToValue(request, DiffRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a DiffRequest in the store cannot be read", e);
        }
    }

    private static <T> T read(@Nullable String json, Class<T> type) {
        try {
            return MAPPER.readValue(Objects.requireNonNull(json), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + type.getSimpleName() + " in the store cannot be read", e);
        }
    }
}
