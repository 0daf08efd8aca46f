package io.parallax.api.events;

import java.net.ConnectException;
import javax.net.ssl.SSLException;

/**
 * How a try to deliver something went.
 *
 * @param tried false where it could not even begin, for no reason of the receiver's
 * @param words for the log of deliveries; nothing of what was sent
 */
record Outcome(boolean taken, boolean tried, String words) {
    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;

    /** The receiver has answered. */
    static Outcome answered(int status) {
        return new Outcome(status >= OK && status < MULTIPLE_CHOICES, true, "HTTP " + status);
    }

    /** It has not. */
    static Outcome failed(Throwable failure) {
        return new Outcome(false, !(failure instanceof Lookups.Busy), words(failure));
    }

    private static String words(Throwable failure) {
        if (failure instanceof WebhookClient.Refusal refusal) {
            return String.valueOf(refusal.getMessage());
        }
        if (failure instanceof SSLException) {
            return "The receiver cannot prove by TLS that it has this name.";
        }
        if (failure instanceof ConnectException) {
            return "Nobody answers at this address.";
        }
        return failure instanceof Lookups.Busy
                ? "Too many names are being looked up."
                : failure.getClass().getSimpleName();
    }
}
