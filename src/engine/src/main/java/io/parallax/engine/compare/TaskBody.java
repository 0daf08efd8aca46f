package io.parallax.engine.compare;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What one task covers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Segment.class, name = "segment"),
    @JsonSubTypes.Type(value = Piece.class, name = "piece"),
    @JsonSubTypes.Type(value = Repeats.class, name = "repeats"),
    @JsonSubTypes.Type(value = RepeatedRows.class, name = "repeated_rows"),
    @JsonSubTypes.Type(value = Part.class, name = "part"),
    @JsonSubTypes.Type(value = Recheck.class, name = "recheck"),
    @JsonSubTypes.Type(value = Publish.class, name = "publish")
})
public sealed interface TaskBody permits Segment, Piece, Repeats, RepeatedRows, Part, Recheck, Publish {}
