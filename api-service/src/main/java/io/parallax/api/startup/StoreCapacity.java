package io.parallax.api.startup;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How many connections the store takes, and has.
 *
 * @param most that the server takes from everybody
 * @param reserved of these, for others than us
 * @param ofRole that it takes from our role; negative for any number
 * @param ofDatabase that it takes to our database; negative for any number
 * @param taken that are open, by whomever
 */
record StoreCapacity(int most, int reserved, int ofRole, int ofDatabase, int taken) {
    /** As many as it would take from us if there was nobody else. */
    int ours() {
        return IntStream.of(most - reserved, ofRole, ofDatabase)
                .filter(limit -> limit >= 0)
                .min()
                .orElse(0);
    }

    /** Why one replica with so many connections can never have them. */
    Optional<String> refusal(int wanted) {
        return wanted <= ours()
                ? Optional.empty()
                : Optional.of("PARALLAX_STORE_CONNECTIONS is " + wanted + ", and the store takes " + ours() + " at most"
                        + " (max_connections " + most + ", of which " + reserved + " are reserved; limits of the role"
                        + " and of the database, -1 for none: " + ofRole + ", " + ofDatabase
                        + "). Lower the one, or raise the others.");
    }

    /** What is to be thought of when so many are wanted, and others have theirs. */
    Optional<String> warning(int wanted) {
        int left = Math.min(ours(), most - reserved - taken);
        return wanted <= left
                ? Optional.empty()
                : Optional.of("This replica may want " + wanted
                        + " connections to the store (PARALLAX_STORE_CONNECTIONS),"
                        + " which has " + Math.max(0, left) + " left: " + taken + " are open, and it takes " + ours()
                        + ". Calls will be answered by 503 when there are no more.");
    }
}
