package io.parallax.contract.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The 256-bit key that API service and workers share. */
public final class SealingKey {
    private static final int BYTES = 32;

    private static final byte[] ID_OF = "parallax sealing key".getBytes(StandardCharsets.UTF_8);
    private static final int ID_BYTES = 6;

    private final SecretKey key;
    private final String id;

    private SealingKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = id(bytes);
    }

    /** Nobody can find out the key by it, of which there are 2^256. */
    private static String id(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ID_OF);
            return HexFormat.of().formatHex(digest.digest(bytes), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    /**
     * The key in this base64 text.
     *
     * @throws IllegalArgumentException with a sentence that says how to make one, never the text itself
     */
    public static SealingKey fromBase64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The sealing key is not base64; make one with: openssl rand -base64 32");
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("The sealing key has " + bytes.length * 8
                    + " bits and needs 256; make one with: openssl rand -base64 32");
        }
        return new SealingKey(bytes);
    }

    /**
     * The keys in this text, newest first, with commas or line ends between.
     *
     * @throws IllegalArgumentException with a sentence that says how to make one, never the text itself
     */
    public static List<SealingKey> allFromBase64(String text) {
        List<SealingKey> keys = Arrays.stream(text.split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .map(SealingKey::fromBase64)
                .toList();
        return keys.isEmpty() ? List.of(fromBase64(text)) : keys;
    }

    /**
     * The configured keys, newest first: those in the text itself, or in the content of the file.
     *
     * @throws IllegalArgumentException with a sentence that says what to set, when neither gives a key
     */
    public static List<SealingKey> loadAll(@Nullable String text, @Nullable Path file) {
        if (text != null) {
            return allFromBase64(text);
        }
        if (file == null) {
            throw new IllegalArgumentException("No sealing key: set PARALLAX_SEALING_KEY or PARALLAX_SEALING_KEY_FILE,"
                    + " the same for API service and workers; make one with: openssl rand -base64 32");
        }
        try {
            return allFromBase64(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("The sealing key's file " + file + " cannot be read.", e);
        }
    }

    /** A new random key, as the text that {@link #fromBase64} takes. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    SecretKey key() {
        return key;
    }

    String id() {
        return id;
    }

    @Override
    public String toString() {
        return "SealingKey";
    }
}
