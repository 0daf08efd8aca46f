package io.parallax.api.datadiffs.stored;

import io.parallax.api.datadiffs.request.DiffRequest;
import io.parallax.outcome.DiffStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A diff as stored: the request, and what the ledger has made of it. Only the ledger changes it. */
@Entity
@Table(name = "diff")
public class Diff {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    @Column(name = "user_id")
    public Long userId;

    @Column(name = "data_source1_id")
    public Long dataSource1Id;

    @Column(name = "data_source2_id")
    public Long dataSource2Id;

    /** The source that receives rows that differ; null for none. */
    @Column(name = "destination_id")
    public @Nullable Long destinationId;

    /** Whether it writes anything into databases. */
    public boolean writes;

    /** JSON of the {@link DiffRequest}. */
    public String request;

    /** JSON of the {@link io.parallax.contract.DiffSpec}. */
    public String spec;

    /** Out of the way. */
    public boolean archived;

    /** Its result rows are gone. */
    public boolean purged;

    @Column(name = "ignored_fields")
    public String[] ignoredFields;

    public String status;

    /** The number of the plan in force. */
    public int plan;

    /** How many tasks the accepted plan has so far; each later stage adds its own, and the job that made them. */
    public @Nullable Integer tasks;

    /** JSON of the {@link io.parallax.outcome.PlanSummary}. */
    public @Nullable String comparison;

    public @Nullable String algorithm;

    /** JSON of the {@link io.parallax.contract.tally.Tally} over all tasks. */
    public @Nullable String tally;

    /** JSON of the {@link io.parallax.contract.tally.Reads} over all tasks. */
    public @Nullable String reads;

    /** JSON of the {@link io.parallax.contract.message.Sample} whose values are compared; null for all. */
    public @Nullable String sample;

    /** JSON of {@link io.parallax.outcome.next.EarlyStopLimits}; null for none. */
    public @Nullable String stops;

    /** JSON of the {@link io.parallax.outcome.PartialCoverage}; null when all is compared. */
    public @Nullable String partial;

    /** Whether all rows that differ are kept; null until it is done. */
    @Column(name = "rows_complete")
    public @Nullable Boolean rowsComplete;

    /** Seconds after which differing keys are read again. */
    @Column(name = "recheck_after")
    public @Nullable Integer recheckAfter;

    /** JSON of the {@link io.parallax.outcome.Recheck}. */
    public @Nullable String recheck;

    /** JSON of the {@link io.parallax.outcome.Notes} so far; null for none. */
    public @Nullable String notes;

    /** Why a worker has handed work of it back lately; null when none has. */
    @Column(name = "handed_back")
    public @Nullable String handedBack;

    @Column(name = "error_type")
    public @Nullable String errorType;

    @Column(name = "error_message")
    public @Nullable String errorMessage;

    @Column(name = "created_at")
    public OffsetDateTime createdAt;

    @Column(name = "updated_at")
    public OffsetDateTime updatedAt;

    @Column(name = "finished_at")
    public @Nullable OffsetDateTime finishedAt;

    public DiffStatus status() {
        return DiffStatus.of(status);
    }
}
