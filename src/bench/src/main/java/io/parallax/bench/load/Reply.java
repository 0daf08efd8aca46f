package io.parallax.bench.load;

/**
 * An answer of HTTP.
 *
 * @param body of an answer that is not 200; nobody looks into the others
 */
record Reply(int status, String body) {
    static final int OK = 200;
}
