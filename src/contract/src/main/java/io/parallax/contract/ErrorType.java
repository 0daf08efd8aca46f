package io.parallax.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a diff failed: the closed list that clients see as {@code error_type}. */
public enum ErrorType {
    @JsonProperty("NoSuchTableException")
    NO_SUCH_TABLE("NoSuchTableException", Category.CALLER, false),
    @JsonProperty("NoSuchColumnException")
    NO_SUCH_COLUMN("NoSuchColumnException", Category.CALLER, false),
    @JsonProperty("TypeMismatch")
    TYPE_MISMATCH("TypeMismatch", Category.CALLER, false),
    @JsonProperty("QueryError")
    QUERY_ERROR("QueryError", Category.CALLER, false),
    @JsonProperty("SourceUnreachable")
    SOURCE_UNREACHABLE("SourceUnreachable", Category.SOURCE, true),
    @JsonProperty("SourceAuthentication")
    SOURCE_AUTHENTICATION("SourceAuthentication", Category.SOURCE, false),
    @JsonProperty("Timeout")
    TIMEOUT("Timeout", Category.SOURCE, true),
    @JsonProperty("Unsupported")
    UNSUPPORTED("Unsupported", Category.CALLER, false),
    @JsonProperty("WorkerLost")
    WORKER_LOST("WorkerLost", Category.OURS, true),
    @JsonProperty("Cancelled")
    CANCELLED("Cancelled", Category.CALLER, false),
    @JsonProperty("Internal")
    INTERNAL("Internal", Category.OURS, false);

    /** Who has to act. */
    public enum Category {
        CALLER,
        SOURCE,
        OURS
    }

    private final String publicName;
    private final Category category;
    private final boolean retryable;

    ErrorType(String publicName, Category category, boolean retryable) {
        this.publicName = publicName;
        this.category = category;
        this.retryable = retryable;
    }

    public String publicName() {
        return publicName;
    }

    public Category category() {
        return category;
    }

    /** True when the same request may succeed later without any change by its caller. */
    public boolean retryable() {
        return retryable;
    }
}
