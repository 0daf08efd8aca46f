package io.parallax.api.datadiffs.request;

/** What fields of a request have to do with each other; what one may be by itself is in the API document. */
@FunctionalInterface
interface Rule {
    /** Notes what is wrong. */
    void check(Asked asked);
}
