package io.parallax.api.datasources;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A test of a data source, asked of a worker. */
@Entity
@Table(name = "source_test")
public class SourceTest {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    /** The data source's id. */
    public Long source;

    @Column(name = "created_at")
    public OffsetDateTime createdAt;

    @Column(name = "sent_at")
    public @Nullable OffsetDateTime sentAt;

    /** JSON of the steps, once a worker has answered. */
    public @Nullable String steps;

    /** A sentence, when none did. */
    public @Nullable String failure;
}
