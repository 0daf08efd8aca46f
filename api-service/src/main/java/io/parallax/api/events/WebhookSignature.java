package io.parallax.api.events;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a receiver knows that a delivery is ours and new, in headers of two kinds. Ours is {@code t=<seconds since
 * 1970>,v1=<hexadecimal HMAC-SHA-256, by the secret, of t, a full stop and the body>}. That of Standard Webhooks is
 * {@code v1,<Base64 of the same of id, seconds and body>}. While secrets change there is a signature by each of them.
 */
final class WebhookSignature {
    static final String OURS = "Parallax-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /** @param secrets the newest first */
    static Map<String, String> headers(List<WebhookSecret> secrets, String id, long seconds, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put(
                "webhook-signature",
                secrets.stream()
                        .map(secret -> "v1," + Base64.getEncoder().encodeToString(standard(secret, id, seconds, body)))
                        .collect(Collectors.joining(" ")));
        headers.put(
                OURS,
                secrets.stream()
                        .map(secret -> ",v1=" + HexFormat.of().formatHex(ours(secret, seconds, body)))
                        .collect(Collectors.joining("", "t=" + seconds, "")));
        return headers;
    }

    private static byte[] standard(WebhookSecret secret, String id, long seconds, byte[] body) {
        return sign(secret.key(), id + "." + seconds + ".", body);
    }

    private static byte[] ours(WebhookSecret secret, long seconds, byte[] body) {
        return sign(secret.text().getBytes(StandardCharsets.UTF_8), seconds + ".", body);
    }

    private static byte[] sign(byte[] key, String before, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(before.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is missing from this Java", e);
        }
    }
}
