package io.parallax.engine.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What one task covers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Segment.class, name = "segment"),
    @JsonSubTypes.Type(value = PieceScanTask.class, name = "piece"),
    @JsonSubTypes.Type(value = DuplicateKeysTask.class, name = "repeats"),
    @JsonSubTypes.Type(value = RepeatedRows.class, name = "repeated_rows"),
    @JsonSubTypes.Type(value = DirtyBucketsTask.class, name = "part"),
    @JsonSubTypes.Type(value = Recheck.class, name = "recheck"),
    @JsonSubTypes.Type(value = PublishTask.class, name = "publish")
})
public sealed interface TaskBody
        permits Segment, PieceScanTask, DuplicateKeysTask, RepeatedRows, DirtyBucketsTask, Recheck, PublishTask {}
