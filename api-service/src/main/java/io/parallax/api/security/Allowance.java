package io.parallax.api.security;

import io.vertx.core.http.HttpServerResponse;

/**
 * How many calls somebody may make.
 *
 * @param taken whether there was one left for the call at hand
 * @param limit the most at once
 * @param remaining what is left
 * @param resetSeconds after which all of them are there again
 */
record Allowance(boolean taken, long limit, long remaining, long resetSeconds) {
    /** Tells the caller, whatever else the answer is. */
    void tell(HttpServerResponse response) {
        if (!response.headWritten()) {
            response.putHeader("RateLimit-Limit", Long.toString(limit))
                    .putHeader("RateLimit-Remaining", Long.toString(remaining))
                    .putHeader("RateLimit-Reset", Long.toString(resetSeconds));
        }
    }
}
