package io.parallax.contract.message;

import java.util.List;

/**
 * Something in a source that is made of a dataset's table.
 *
 * @param sideB whether of side B's table; else of A's
 * @param type a word for what it is, such as {@code view}
 * @param path its schema and name
 */
public record Dependent(boolean sideB, String type, List<String> path) {
    public Dependent {
        path = List.copyOf(path);
    }
}
