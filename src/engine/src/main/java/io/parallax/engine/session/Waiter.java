package io.parallax.engine.session;

import io.parallax.contract.DiffFailedException;

/**
 * Somebody who waits for a lock of ours.
 *
 * @param words who that is, for a client
 * @param advice what to do about it
 */
public record Waiter(String words, String advice) {
    /** How the work ends that has given way. */
    public DiffFailedException failure() {
        return DiffFailedException.givingWay("It gave way to " + words + " " + advice);
    }
}
