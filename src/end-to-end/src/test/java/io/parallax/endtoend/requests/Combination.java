package io.parallax.endtoend.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.oracle.Wishes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, and what it means.
 *
 * @param key by A's names; empty where it is to be found
 * @param include compared columns besides the key; empty for all
 * @param avoided columns that are not to be in a key that is found
 * @param sample null where all values are compared
 */
record Combination(
        ObjectNode body,
        Input a,
        Input b,
        List<String> key,
        List<String> include,
        List<String> exclude,
        List<String> avoided,
        Wishes wishes,
        @Nullable Sample sample) {}
