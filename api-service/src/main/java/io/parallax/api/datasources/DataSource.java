package io.parallax.api.datasources;

import io.parallax.api.requests.JsonBody;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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

    /** The schema that tables may be written to; null for none. */
    @Column(name = "temp_schema")
    public @Nullable String tempSchema;

    /** How far apart floats may be where a diff does not say; null for not at all. */
    @Column(name = "float_tolerance")
    public @Nullable BigDecimal floatTolerance;

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

    /** The database that it is connected to. */
    public String database() {
        return JsonBody.parse(options.getBytes(StandardCharsets.UTF_8))
                .path("dbname")
                .asText();
    }
}
