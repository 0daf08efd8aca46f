package io.parallax.api.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request by message goes by, however often it comes.
 *
 * @param source of a CloudEvent, which tells its id from those of others; null for a message that is none
 * @param id of a CloudEvent, or of its sender's own, or the message's place on the topic
 */
public record RequestName(@Nullable String source, String id) {
    /** Signs of either; whoever sends longer ones is told so, by their beginning. */
    public static final int MOST = 1000;

    private static final Pattern SHORT = Pattern.compile("[\\x21-\\x7e]{1,240}");

    /** The same for the same name alone, in visible characters of ASCII. */
    public String key() {
        return source == null && SHORT.matcher(id).matches() ? id : hash();
    }

    private String hash() {
        // How long the source is tells where it ends.
        String name = (source == null ? "" : source.length() + ":" + source) + ":" + id;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
