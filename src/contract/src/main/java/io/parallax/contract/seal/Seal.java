package io.parallax.contract.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals secrets for the store and for messages: AES-256-GCM, a random 96-bit nonce each, bound to a context.
 *
 * <p>Format: base64 of one version byte (1), the nonce (12 bytes), the ciphertext with its 128-bit tag.
 */
public final class Seal {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** What is sealed to see which key it was; no secret. */
    private static final byte[] CHECK = "parallax".getBytes(StandardCharsets.UTF_8);

    private static final String CHECK_CONTEXT = "check";

    private final List<SealingKey> keys;
    private final SecureRandom random = new SecureRandom();

    public Seal(SealingKey key) {
        this(List.of(key));
    }

    /** Of several keys, newest first: that one seals, any of them opens. */
    public Seal(List<SealingKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a seal needs a key");
        }
        this.keys = List.copyOf(keys);
    }

    /** The plaintext, sealed; opens only with the same key, if among others, and the same context. */
    public String seal(byte[] plaintext, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, context).doFinal(plaintext);
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(1 + nonce.length + sealed.length)
                            .put(VERSION)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is missing from this Java", e);
        }
    }

    /**
     * The plaintext behind a seal.
     *
     * @throws BrokenSealException when no key is the one, or the context is another, or the text was altered
     */
    public byte[] open(String sealed, String context) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
            if (bytes.remaining() < 1 + NONCE_BYTES + TAG_BITS / 8 || bytes.get() != VERSION) {
                throw new BrokenSealException();
            }
            byte[] nonce = new byte[NONCE_BYTES];
            bytes.get(nonce);
            byte[] ciphertext = new byte[bytes.remaining()];
            bytes.get(ciphertext);
            return opened(ciphertext, nonce, context);
        } catch (IllegalArgumentException e) {
            throw new BrokenSealException();
        }
    }

    /** Tells the key that seals from others, and nothing else of it. */
    public String keyId() {
        return keys.get(0).id();
    }

    /** Opens with the key that seals, and with no other. */
    public String check() {
        return seal(CHECK, CHECK_CONTEXT);
    }

    /** Whether this is the {@link #check()} of one of these keys. */
    public boolean opens(String check) {
        try {
            return Arrays.equals(open(check, CHECK_CONTEXT), CHECK);
        } catch (BrokenSealException e) {
            return false;
        }
    }

    private byte[] opened(byte[] ciphertext, byte[] nonce, String context) {
        for (SealingKey key : keys) {
            try {
                return cipher(Cipher.DECRYPT_MODE, key, nonce, context).doFinal(ciphertext);
            } catch (GeneralSecurityException e) {
                // Sealed with one of the others, or with none.
            }
        }
        throw new BrokenSealException();
    }

    private static Cipher cipher(int mode, SealingKey key, byte[] nonce, String context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
