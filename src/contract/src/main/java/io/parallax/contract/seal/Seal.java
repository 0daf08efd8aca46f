package io.parallax.contract.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
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

    private final SealingKey key;
    private final SecureRandom random = new SecureRandom();

    public Seal(SealingKey key) {
        this.key = key;
    }

    /** The plaintext, sealed; opens only with the same key and context. */
    public String seal(byte[] plaintext, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plaintext);
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
     * @throws BrokenSealException when the key or the context is another, or the text was altered
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
            return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(ciphertext);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new BrokenSealException();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
