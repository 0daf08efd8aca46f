package io.parallax.bench.load;

import java.util.List;

/**
 * Calls of one kind.
 *
 * @param requests their bytes, one after the other and again from the start
 */
public record Calls(String name, List<byte[]> requests) {
    public Calls {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("nothing to call");
        }
        requests = List.copyOf(requests);
    }

    byte[] request(long turn) {
        return requests.get((int) (turn % requests.size()));
    }
}
