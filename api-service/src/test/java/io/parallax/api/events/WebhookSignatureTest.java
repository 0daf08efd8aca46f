package io.parallax.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** The example that libraries of Standard Webhooks are tested with. */
    @Test
    void signsAsStandardWebhooksDo() {
        assertThat(WebhookSignature.headers(
                        List.of(new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330,
                        BODY))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    /** As libraries take a secret that does not say that it is Base64 of a key: receivers write it as Base64. */
    @Test
    void otherSecretsAreTheKeyItself() {
        WebhookSecret plain = new WebhookSecret("a secret of the receiver's own");
        WebhookSecret standard = new WebhookSecret("whsec_YSBzZWNyZXQgb2YgdGhlIHJlY2VpdmVyJ3Mgb3du");
        assertThat(plain.key()).isEqualTo(standard.key());
        assertThat(plain.isSound()).isTrue();
        assertThat(new WebhookSecret("whsec_short").isSound()).isFalse();
        assertThat(new WebhookSecret("whsec_").key()).isNotEmpty();
    }

    @Test
    void secretsAreMadeUpAndNotShown() {
        WebhookSecret secret = WebhookSecret.random();
        assertThat(secret.isSound()).isTrue();
        assertThat(secret.key()).hasSize(32);
        assertThat(secret).isNotEqualTo(WebhookSecret.random());
        assertThat(secret.toString()).doesNotContain(secret.text());
    }
}
