package io.parallax.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parallax.contract.EqualityRules.Tolerance;
import io.parallax.engine.type.WireForm;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValueRuleTest {
    @ParameterizedTest
    @CsvSource({
        // The boundary itself, and what arithmetic of doubles would make of it.
        "1.1, 1.0, 0.1, true",
        "0.3, 0.1, 0.2, true",
        "1.1000001, 1.0, 0.1, false",
        "0, 0.5, 0.5, true",
        "-1, 1, 2, true",
        "-1, 1, 1.9, false",
        "1e300, -1e300, 1e301, true",
        "Infinity, 1e308, 1e300, false",
        "-Infinity, Infinity, 1e300, false",
        "NaN, 1, 1e300, false",
        "5e-324, 0, 0, false"
    })
    void takesFloatsAbsolutely(double a, double b, BigDecimal most, boolean forgiven) {
        ValueRule rule = new ValueRule(new Tolerance(most, false), null, false, false);
        assertThat(rule.forgives(WireForm.FLOAT8, real(a), real(b))).isEqualTo(forgiven);
        assertThat(rule.forgives(WireForm.FLOAT8, real(b), real(a))).isEqualTo(forgiven);
    }

    @ParameterizedTest
    @CsvSource({
        "1.1, 1.0, 0.1, true",
        "1.0, 1.1, 0.1, true",
        "0.9, 1.0, 0.1, true",
        "1.0, 0.9, 0.1, false",
        "-1.1, -1.0, 0.1, true",
        "1, -1, 2, true",
        "1, -1, 1.99, false",
        "1e-9, 0, 1000, false",
        "0, 1, 1, true",
        "0, 1, 0.99, false",
        "Infinity, 1, 1000, false",
        "1, Infinity, 1000, false"
    })
    void takesFloatsRelativelyToB(double a, double b, BigDecimal most, boolean forgiven) {
        ValueRule rule = new ValueRule(new Tolerance(most, true), null, false, false);
        assertThat(rule.forgives(WireForm.FLOAT8, real(a), real(b))).isEqualTo(forgiven);
    }

    @Test
    void takesIntegersOfAnySize() {
        ValueRule rule = new ValueRule(new Tolerance(BigDecimal.ONE, false), null, false, false);
        assertThat(rule.forgives(WireForm.INT8, int8(Long.MAX_VALUE), int8(Long.MAX_VALUE - 1)))
                .isTrue();
        assertThat(rule.forgives(WireForm.INT8, int8(Long.MAX_VALUE), int8(Long.MIN_VALUE)))
                .isFalse();
    }

    static Stream<Arguments> times() {
        return Stream.of(
                arguments(1_999_999, 1_000_000, 0, true),
                arguments(2_000_000, 1_999_999, 0, false),
                arguments(1_234_567, 1_234_000, 3, true),
                arguments(1_234_567, 1_235_000, 3, false),
                arguments(1, 2, 6, false),
                // Before the year 2000, where microseconds are negative, a second's digits still count upwards.
                arguments(-1, -999_999, 0, true),
                arguments(-1, 0, 0, false),
                arguments(Long.MAX_VALUE, 0, 0, false));
    }

    @ParameterizedTest
    @MethodSource
    void times(long a, long b, int digits, boolean forgiven) {
        ValueRule rule = new ValueRule(null, digits, false, false);
        assertThat(rule.forgives(WireForm.TIMESTAMP, int8(a), int8(b))).isEqualTo(forgiven);
        assertThat(rule.forgives(WireForm.TIMESTAMPTZ, int8(b), int8(a))).isEqualTo(forgiven);
    }

    @Test
    void takesTextsInAnyCase() {
        ValueRule rule = new ValueRule(null, null, true, false);
        assertThat(rule.forgives(WireForm.TEXT, text("Ünï"), text("üNÏ"))).isTrue();
        assertThat(rule.forgives(WireForm.TEXT, text("straße"), text("STRASSE")))
                .isFalse();
        assertThat(rule.forgives(WireForm.TEXT, text("a"), text("a "))).isFalse();
        assertThat(rule.forgives(WireForm.TEXT, text(""), null)).isFalse();
        assertThat(rule.forgives(WireForm.BYTEA, text("a"), text("A"))).isFalse();
    }

    @Test
    void takesTheEmptyTextForNull() {
        ValueRule rule = new ValueRule(null, null, false, true);
        assertThat(rule.forgives(WireForm.TEXT, text(""), null)).isTrue();
        assertThat(rule.forgives(WireForm.TEXT, null, text(""))).isTrue();
        assertThat(rule.forgives(WireForm.TEXT, null, text(" "))).isFalse();
        assertThat(rule.forgives(WireForm.TEXT, text("a"), text("A"))).isFalse();
    }

    @Test
    void forgivesNothingWithoutARule() {
        assertThat(ValueRule.NONE.forgives(WireForm.FLOAT8, real(1), real(1.0000001)))
                .isFalse();
        assertThat(ValueRule.NONE.forgives(WireForm.TIMESTAMP, int8(1), int8(2)))
                .isFalse();
        assertThat(new ValueRule(new Tolerance(BigDecimal.TEN, false), null, false, false)
                        .forgives(WireForm.FLOAT8, real(1), null))
                .isFalse();
    }

    private static byte[] real(double value) {
        return int8(Double.doubleToLongBits(value));
    }

    private static byte[] int8(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
