package io.parallax.worker.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.contract.Codec;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import org.junit.jupiter.api.Test;

class SourceVaultTest {
    private static final SourceDetails DETAILS =
            new SourceDetails("pg", JsonNodeFactory.instance.objectNode().put("password", "s3cret"));

    private final Seal seal = new Seal(SealingKey.fromBase64(SealingKey.random()));
    private final SourceVault vault = new SourceVault(seal, new SealCheck(seal));

    @Test
    void opensWhatWasSealedForThatSource() {
        String sealed = seal.seal(Codec.encode(DETAILS), SealedSource.context(3));
        assertThat(vault.open(new SealedSource(3, sealed))).isEqualTo(DETAILS);
        assertThatThrownBy(() -> vault.open(new SealedSource(4, sealed)))
                .isInstanceOf(DiffFailedException.class)
                .hasMessageContaining("sealing key");
    }

    @Test
    void aDocumentItCannotReadIsNotQuoted() {
        String sealed =
                seal.seal("{\"password\":\"s3cret\"".getBytes(java.nio.charset.StandardCharsets.UTF_8), "source:3");
        assertThatThrownBy(() -> vault.open(new SealedSource(3, sealed)))
                .isInstanceOf(DiffFailedException.class)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }
}
