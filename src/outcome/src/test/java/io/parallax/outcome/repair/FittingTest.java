package io.parallax.outcome.repair;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Target.Limits;
import io.parallax.text.TextDialects;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FittingTest {
    private static boolean fits(@Nullable Limits limits, String json) throws Exception {
        JsonNode value = Codec.mapper().readTree(json);
        return Fitting.fits(value, limits, TextDialects.ofOldPlans());
    }

    @Test
    void takesNullWhereItMay() throws Exception {
        assertThat(fits(null, "null")).isTrue();
        assertThat(fits(Limits.ofInteger(16), "null")).isTrue();
        assertThat(fits(Limits.ofInteger(16).ofRequired(), "null")).isFalse();
        assertThat(fits(Limits.NONE.ofRequired(), "\"\"")).isTrue();
    }

    @Test
    void measuresTexts() throws Exception {
        assertThat(fits(Limits.ofText(2, null, null), "\"\uD83D\uDE00b\"")).isTrue();
        assertThat(fits(Limits.ofText(2, null, null), "\"ab \"")).isFalse();
        assertThat(fits(Limits.ofText(null, 3, null), "\"\u00fcb\"")).isTrue();
        assertThat(fits(Limits.ofText(null, 3, null), "\"\u00fc\u00fc\"")).isFalse();
        assertThat(fits(Limits.ofText(null, null, true), "\"ab \"")).isFalse();
        assertThat(fits(Limits.ofLabels(List.of("sad")), "\"sad\"")).isTrue();
        assertThat(fits(Limits.ofLabels(List.of("sad")), "\"glad\"")).isFalse();
        assertThat(fits(Limits.ofPlainJson(), "\"[1e5, 2]\"")).isTrue();
        assertThat(fits(Limits.ofPlainJson(), "\"[\\\"\\\\u0000\\\"]\"")).isFalse();
        assertThat(fits(Limits.ofPlainJson(), "\"1e400000\"")).isFalse();
    }

    @Test
    void knowsWhichCharactersAnEncodingHas() throws Exception {
        assertThat(fits(Limits.NONE.in("LATIN1"), "\"caf\u00e9\"")).isTrue();
        assertThat(fits(Limits.NONE.in("LATIN1"), "\"\u20ac\"")).isFalse();
        assertThat(fits(Limits.NONE.in("WIN1252"), "\"\u20ac\"")).isTrue();
        assertThat(fits(Limits.NONE.in("ISO_8859_5"), "\"\u0436\"")).isTrue();
        assertThat(fits(Limits.NONE.in("MULE_INTERNAL"), "\"\u0436\"")).isFalse();
        assertThat(fits(Limits.NONE.in("MULE_INTERNAL"), "\"a\"")).isTrue();
        assertThat(fits(Limits.NONE.in("SQL_ASCII"), "\"\u65e5\"")).isTrue();
        assertThat(fits(Limits.NONE.in("SQL_ASCII"), "\"\uffffe9\"")).isFalse();
        assertThat(fits(Limits.NONE.in("UTF8"), "\"\\u000181\"")).isFalse();
    }

    @Test
    void measuresNumbers() throws Exception {
        for (String fitting : List.of("32767", "-32768", "5.0", "\"7\"", "3E2")) {
            assertThat(fits(Limits.ofInteger(16), fitting)).as(fitting).isTrue();
        }
        for (String tooMuch : List.of("32768", "-32769", "2.5", "\"NaN\"", "\"Infinity\"", "1E300", "1E-300")) {
            assertThat(fits(Limits.ofInteger(16), tooMuch)).as(tooMuch).isFalse();
        }
        for (String fitting : List.of("99.99", "-0.10", "0", "0.000", "\"NaN\"", "1E1", "99.990")) {
            assertThat(fits(Limits.ofDecimal(2, 2), fitting)).as(fitting).isTrue();
        }
        for (String tooMuch : List.of("100", "0.001", "\"Infinity\"", "1E2")) {
            assertThat(fits(Limits.ofDecimal(2, 2), tooMuch)).as(tooMuch).isFalse();
        }
        assertThat(fits(Limits.ofDecimal(5, -2), "1200")).isTrue();
        assertThat(fits(Limits.ofDecimal(5, -2), "1210")).isFalse();
        assertThat(fits(Limits.ofSingle(), "1.100000023841858")).isTrue();
        assertThat(fits(Limits.ofSingle(), "1.1")).isFalse();
        assertThat(fits(Limits.ofSingle(), "1e300")).isFalse();
        assertThat(fits(Limits.ofSingle(), "\"Infinity\"")).isTrue();
        assertThat(fits(Limits.ofFinite(), "\"-Infinity\"")).isFalse();
        assertThat(fits(Limits.ofFinite(), "1e300")).isTrue();
    }

    @Test
    void measuresFractionsOfSeconds() throws Exception {
        assertThat(fits(Limits.ofFraction(1), "\"2024-02-29T23:59:59.900Z\"")).isTrue();
        assertThat(fits(Limits.ofFraction(1), "\"2024-02-29T23:59:59.910Z\"")).isFalse();
        assertThat(fits(Limits.ofFraction(0), "\"infinity\"")).isTrue();
        assertThat(fits(Limits.ofFraction(0), "\"24:00:00\"")).isTrue();
    }
}
