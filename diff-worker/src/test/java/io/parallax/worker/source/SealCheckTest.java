package io.parallax.worker.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.message.Control;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealCheckTest {
    private static final long MINUTE = 60_000;

    private final SealingKey ours = SealingKey.fromBase64(SealingKey.random());
    private final SealingKey other = SealingKey.fromBase64(SealingKey.random());
    private final SealCheck check = new SealCheck(new Seal(ours));

    private void hear(SealingKey key, long minute) {
        Seal seal = new Seal(key);
        check.hear(new Control.KeyCheck(seal.keyId(), seal.check(), minute * MINUTE));
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(check.verdict()).isEqualTo(SealCheck.Verdict.UNHEARD);
        assertThat(check.wrongKey()).isEmpty();
    }

    @Test
    void oursOpens() {
        hear(ours, 1);
        assertThat(check.verdict()).isEqualTo(SealCheck.Verdict.OPENS);
    }

    @Test
    void anotherIsWrongAsLongAsAnybodySealsWithIt() {
        hear(ours, 1);
        hear(other, 1);
        assertThat(check.verdict()).isEqualTo(SealCheck.Verdict.WRONG);
        assertThat(check.wrongKey()).contains(new Seal(other).keyId());
        hear(ours, 2);
        assertThat(check.verdict()).isEqualTo(SealCheck.Verdict.WRONG);
        hear(ours, 4);
        assertThat(check.verdict()).isEqualTo(SealCheck.Verdict.OPENS);
    }

    @Test
    void whatIsOldSaysNothingOfNow() {
        hear(ours, 60);
        hear(other, 3);
        assertThat(check.verdict()).isEqualTo(SealCheck.Verdict.OPENS);
    }

    @Test
    void anyOfSeveralKeysWillDo() {
        SealCheck both = new SealCheck(new Seal(List.of(other, ours)));
        Seal seal = new Seal(ours);
        both.hear(new Control.KeyCheck(seal.keyId(), seal.check(), 1));
        assertThat(both.verdict()).isEqualTo(SealCheck.Verdict.OPENS);
    }

    @Test
    void aKeyOfTheSameNameThatDoesNotOpenIsWrong() {
        check.hear(new Control.KeyCheck(new Seal(ours).keyId(), "AQIDBAUGBwgJCgsMDQ4PEBESExQ=", MINUTE));
        assertThat(check.verdict()).isEqualTo(SealCheck.Verdict.WRONG);
    }
}
