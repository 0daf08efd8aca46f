package io.parallax.api.events;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What deliveries to a receiver are signed with. */
record WebhookSecret(String text) {
    /** The fewest characters. */
    static final int MIN = 16;

    /** The most. */
    static final int MAX = 200;

    /** What secrets of Standard Webhooks begin with; Base64 of the key itself follows. */
    private static final String PREFIX = "whsec_";

    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** One that nobody has. */
    static WebhookSecret random() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** The key that Standard Webhooks sign with: what the text stands for, else the text itself. */
    byte[] key() {
        byte[] stated = stated();
        return stated == null || stated.length == 0 ? text.getBytes(StandardCharsets.UTF_8) : stated;
    }

    /** Whether receivers that know Standard Webhooks take it for the same key. */
    boolean isSound() {
        byte[] stated = stated();
        return !text.startsWith(PREFIX) || stated != null && stated.length >= MIN;
    }

    private byte @Nullable [] stated() {
        try {
            return text.startsWith(PREFIX) ? Base64.getDecoder().decode(text.substring(PREFIX.length())) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
