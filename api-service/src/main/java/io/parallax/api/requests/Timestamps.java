package io.parallax.api.requests;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Points in time as answers show them and the store keeps them: UTC, to the microsecond. */
public final class Timestamps {
    public static final String PATTERN = "uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx";

    private Timestamps() {}

    public static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }

    public static OffsetDateTime utc(OffsetDateTime time) {
        return time.withOffsetSameInstant(ZoneOffset.UTC);
    }

    /** So many microseconds after 1970 began. */
    public static OffsetDateTime ofMicroseconds(long microseconds) {
        return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    public static @Nullable OffsetDateTime utcOrNull(@Nullable OffsetDateTime time) {
        return time == null ? null : utc(time);
    }
}
