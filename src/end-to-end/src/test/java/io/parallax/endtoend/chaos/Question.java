package io.parallax.endtoend.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A request whose answer is known beforehand.
 *
 * @param error what it fails with when nothing is in its way; null when it has an answer
 * @param answer null when it fails
 * @param cancelled whether its client gives it up on the way
 */
record Question(String kind, ObjectNode request, @Nullable String error, @Nullable JsonNode answer, boolean cancelled) {
    /** The request of one client, who knows it by this tag. */
    ObjectNode tagged(String tag) {
        ObjectNode tagged = request.deepCopy();
        tagged.putArray("tags").add(tag);
        return tagged;
    }
}
