package io.parallax.engine.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.engine.type.WireForm;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes as the documentation of PostgreSQL's binary formats has them. */
class EncodingTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0000 0000 0000 0000",
        "1, 0001 0000 0000 0000 0001",
        "-1, 0001 0000 4000 0000 0001",
        "1.5, 0002 0000 0000 0001 0001 1388",
        "1.50, 0002 0000 0000 0002 0001 1388",
        "10000, 0001 0001 0000 0000 0001",
        "0.0001, 0001 ffff 0000 0004 0001",
        "12345678.9, 0003 0001 0000 0001 04d2 162e 2328"
    })
    void writesExactNumbers(String number, String hex) {
        assertThat(Encoding.bytes(WireForm.NUMERIC, new BigDecimal(number)))
                .isEqualTo(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "-0.0, 0",
        "123456.789, 123456.789",
        "1e15, 1.0000000000000000e+15",
        "1e-6, 9.9999999999999995e-07",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void writesFloatsInKeys(double number, String text) {
        assertThat(Encoding.text(number)).isEqualTo(text);
    }

    @Test
    void writesWhatIsReadBack() {
        Stream.of("1", "-1.5", "0.00001", "99999999999999999999.000000000000001")
                .forEach(number -> assertThat(Decoding.value(
                                        WireForm.NUMERIC, Encoding.bytes(WireForm.NUMERIC, new BigDecimal(number)))
                                .decimalValue())
                        .isEqualByComparingTo(number));
        assertThat(shown(WireForm.DATE, LocalDate.of(1999, 12, 31))).isEqualTo("1999-12-31");
        assertThat(shown(WireForm.TIMESTAMP, LocalDateTime.parse("1969-07-20T20:17:40.000001")))
                .isEqualTo("1969-07-20T20:17:40.000001");
        assertThat(shown(WireForm.TIMESTAMPTZ, Double.NEGATIVE_INFINITY)).isEqualTo("-infinity");
        assertThat(shown(WireForm.TIME, Duration.ofDays(1))).isEqualTo("24:00:00");
        assertThat(shown(WireForm.UUID, new UUID(1, 2))).isEqualTo("00000000-0000-0001-0000-000000000002");
        assertThat(shown(WireForm.NUMERIC, Double.NaN)).isEqualTo("NaN");
    }

    private static String shown(WireForm form, Object value) {
        return Decoding.value(form, Encoding.bytes(form, value)).textValue();
    }

    @Test
    void shortensByCharacters() {
        byte[] whole = "ä".repeat(70).getBytes(StandardCharsets.UTF_8);

        assertThat(Encoding.shortened(WireForm.TEXT, whole, 70)).isEqualTo(whole);
        assertThat(new String(Encoding.shortened(WireForm.TEXT, whole, 69), StandardCharsets.UTF_8))
                .hasSize(70)
                .startsWith("ä".repeat(6))
                .doesNotStartWith("ä".repeat(7));
        assertThat(Encoding.shortened(WireForm.BYTEA, new byte[41], 40))
                .hasSize(41)
                .startsWith(new byte[9]);
    }
}
