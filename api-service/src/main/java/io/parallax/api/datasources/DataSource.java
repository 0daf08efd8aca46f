package io.parallax.api.datasources;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A connection to a database, as stored. */
@Entity
@Table(name = "data_source")
public class DataSource {
    @Id
    public Long id;

    public String name;
    public String type;

    /** JSON, without secrets. */
    public String options;

    /** The {@link io.parallax.contract.SourceDetails}, sealed. */
    public String sealed;

    @Column(name = "max_allowed_connections")
    public @Nullable Integer maxAllowedConnections;

    @Column(name = "is_paused")
    public boolean isPaused;

    @Column(name = "ignored_fields")
    public String[] ignoredFields;

    @Column(name = "created_at")
    public OffsetDateTime createdAt;

    @Column(name = "updated_at")
    public OffsetDateTime updatedAt;

    /** When it was deleted; its diffs still name it. */
    @Column(name = "deleted_at")
    public @Nullable OffsetDateTime deletedAt;
}
