package io.parallax.api.datadiffs.create;

import io.parallax.api.audit.AuditTrail;
import io.parallax.api.datadiffs.answer.DiffObject;
import io.parallax.api.datadiffs.read.Diffs;
import io.parallax.api.datadiffs.request.DiffRequest;
import io.parallax.api.datadiffs.request.DiffValidator;
import io.parallax.api.datadiffs.stored.Diff;
import io.parallax.api.datadiffs.stored.Idempotency;
import io.parallax.api.datadiffs.stored.StoredDiff;
import io.parallax.api.datasources.DataSources;
import io.parallax.api.events.Webhooks;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.contract.Codec;
import io.parallax.contract.DiffSpec;
import io.parallax.outcome.answer.Timestamps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Takes requests for diffs, however they come. */
@ApplicationScoped
public class DiffCreation {
    private final Diffs diffs;
    private final DataSources sources;
    private final Webhooks webhooks;
    private final DiffBatchInserter inserter;
    private final BodyShapes shapes;

    DiffCreation(Diffs diffs, DataSources sources, Webhooks webhooks, DiffBatchInserter inserter, BodyShapes shapes) {
        this.diffs = diffs;
        this.sources = sources;
        this.webhooks = webhooks;
        this.inserter = inserter;
        this.shapes = shapes;
    }

    /** A diff that was made, or had been before by a request under the same key. */
    public record Made(Diff diff, DiffRequest request, boolean before) {
        public static Made before(Diff diff) {
            return new Made(diff, StoredDiff.request(diff), true);
        }
    }

    /**
     * Stores the diff that a body asks for, and has it begun.
     *
     * @param key of the client's own, under which the same request makes one diff; null for none
     * @param call to be on record together with the diff; null for none
     * @throws io.parallax.api.problems.InvalidRequestException with everything that is wrong with the body
     * @throws ProblemException (409) when the key was used with another body
     */
    public Uni<Made> add(long userId, byte[] body, @Nullable String key, AuditTrail.@Nullable Entry call) {
        Idempotency idempotency = key == null ? null : Idempotency.of(userId, key, body);
        Uni<@Nullable Diff> earlier = idempotency == null ? Uni.createFrom().nullItem() : diffs.made(idempotency);
        return earlier.chain(diff -> diff == null
                ? add(userId, body, idempotency, call)
                : Uni.createFrom().item(Made.before(diff)));
    }

    private Uni<Made> add(
            long userId, byte[] body, @Nullable Idempotency idempotency, AuditTrail.@Nullable Entry call) {
        Uni<Made> made = OffTheLoop.run(body.length, () -> DiffValidator.parse(body, shapes))
                .chain(validator -> sources.byId(validator.sourceIds())
                        .chain(known -> webhooks.present(validator.webhookIds())
                                .chain(present -> OffTheLoop.run(body.length, () -> validator.check(known, present))))
                        .chain(request -> OffTheLoop.run(body.length, () -> diff(userId, request, validator))
                                .chain(diff -> inserter.add(diff, idempotency, call))
                                .map(diff -> new Made(diff, request, false))));
        // The same request may have come twice at once.
        return idempotency == null
                ? made
                : made.onFailure(Idempotency::isTaken).recoverWithUni(() -> diffs.made(idempotency)
                        .onItem()
                        .ifNull()
                        .failWith(() -> new BeingHandledException())
                        .map(Made::before));
    }

    private static Diff diff(long userId, DiffRequest request, DiffValidator validator) {
        OffsetDateTime now = Timestamps.now();
        Diff diff = new Diff();
        diff.userId = userId;
        diff.dataSource1Id = request.datasets().dataSource1Id();
        diff.dataSource2Id = request.datasets().dataSource2Id();
        diff.request = StoredDiff.text(request);
        DiffSpec spec = validator.spec(request);
        diff.spec = Codec.toJson(spec).toString();
        diff.writes = spec.workspace() != null;
        diff.destinationId = request.tables().materializationDestinationId();
        diff.archived = request.archived();
        diff.stops = request.limits().stops();
        diff.recheckAfter = request.recheck();
        diff.ignoredFields = validator.ignoredFields(DiffObject.fields()).toArray(String[]::new);
        diff.createdAt = now;
        diff.updatedAt = now;
        return diff;
    }
}
