package io.parallax.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.seal.BrokenSealException;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final byte[] SECRET = "open sesame".getBytes(StandardCharsets.UTF_8);

    private final String key = SealingKey.random();
    private final Seal seal = new Seal(SealingKey.fromBase64(key));

    @Test
    void opensWithTheSameKeyAndContext() {
        assertThat(new Seal(SealingKey.fromBase64(key)).open(seal.seal(SECRET, "source:1"), "source:1"))
                .isEqualTo(SECRET);
    }

    @Test
    void sealsDifferEachTimeAndHideTheSecret() {
        assertThat(seal.seal(SECRET, "c")).isNotEqualTo(seal.seal(SECRET, "c")).doesNotContain("sesame");
    }

    @Test
    void staysShutForAnotherContextKeyOrText() {
        String sealed = seal.seal(SECRET, "source:1");
        assertThatThrownBy(() -> seal.open(sealed, "source:2")).isInstanceOf(BrokenSealException.class);
        assertThatThrownBy(() -> new Seal(SealingKey.fromBase64(SealingKey.random())).open(sealed, "source:1"))
                .isInstanceOf(BrokenSealException.class);
        assertThatThrownBy(() -> seal.open("AQ==", "source:1")).isInstanceOf(BrokenSealException.class);
        assertThatThrownBy(() -> seal.open("AQIDBAUGBwgJCgsMDQ4PEBESExQ=", "source:1"))
                .isInstanceOf(BrokenSealException.class);
        assertThatThrownBy(() -> seal.open("no base64!", "source:1")).isInstanceOf(BrokenSealException.class);
    }

    @Test
    void keysOfTheWrongSizeSayHowToMakeOne() {
        assertThatThrownBy(() -> SealingKey.fromBase64("c2hvcnQ="))
                .hasMessageContaining("openssl rand -base64 32")
                .hasMessageNotContaining("c2hvcnQ=");
    }

    @Test
    void opensWhatOlderKeysHaveSealed() {
        String newer = SealingKey.random();
        Seal rotated = new Seal(SealingKey.allFromBase64(newer + "," + key + "\n"));
        assertThat(rotated.open(seal.seal(SECRET, "source:1"), "source:1")).isEqualTo(SECRET);
        String sealed = rotated.seal(SECRET, "source:1");
        assertThat(new Seal(SealingKey.fromBase64(newer)).open(sealed, "source:1"))
                .isEqualTo(SECRET);
        assertThatThrownBy(() -> seal.open(sealed, "source:1")).isInstanceOf(BrokenSealException.class);
    }
}
