package io.parallax.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.oracle.Type.Trait;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTest {
    private static final Type INT = Type.of("integer", Family.NUMBER);
    private static final Type NUMERIC = Type.of("numeric", Family.NUMBER);
    private static final Type REAL = Type.of("real", Family.NUMBER, Trait.SINGLE);
    private static final Type DOUBLE = Type.of("double precision", Family.NUMBER, Trait.DOUBLE);
    private static final Type TEXT = Type.of("text", Family.TEXT);
    private static final Type CHAR = Type.of("char(5)", Family.TEXT, Trait.PADDED);
    private static final Type INTERVAL = Type.of("interval", Family.INTERVAL);
    private static final Type JSON = Type.of("json", Family.JSON);
    private static final Type OTHER = Type.of("numrange", Family.OTHER);

    @ParameterizedTest
    @CsvSource({"1.0, 1.00", "1, 1.0", "0, 0.00", "100, 1E+2", "NaN, NaN", "-Infinity, -Infinity"})
    void exactNumbersAreEqualByValue(String one, String other) {
        assertThat(Canonical.of(one, NUMERIC, INT)).isEqualTo(Canonical.of(other, INT, NUMERIC));
    }

    @ParameterizedTest
    @CsvSource({"1, -1", "1, 4294967297", "NaN, Infinity", "Infinity, -Infinity", "9007199254740993, 9007199254740992"})
    void exactNumbersOfOtherValuesDiffer(String one, String other) {
        assertThat(Canonical.of(one, NUMERIC, NUMERIC)).isNotEqualTo(Canonical.of(other, NUMERIC, NUMERIC));
    }

    @ParameterizedTest
    @CsvSource({"-0, 0", "0.1, 0.10", "9007199254740993, 9007199254740992", "1e400, Infinity", "1e-400, 0", "NaN, NaN"})
    void anExactNumberComparesWithAFloatAsFloat(String exact, String floating) {
        assertThat(Canonical.of(exact, NUMERIC, DOUBLE)).isEqualTo(Canonical.of(floating, DOUBLE, NUMERIC));
    }

    @Test
    void aSingleIsWidenedBeforeItIsCompared() {
        assertThat(Canonical.of("0.1", REAL, REAL)).isEqualTo(Canonical.of("0.1", REAL, REAL));
        assertThat(Canonical.of("0.5", REAL, NUMERIC)).isEqualTo(Canonical.of("0.5", NUMERIC, REAL));
        assertThat(Canonical.of("0.1", REAL, DOUBLE)).isNotEqualTo(Canonical.of("0.1", DOUBLE, REAL));
        assertThat(Canonical.of("0.1", REAL, NUMERIC)).isNotEqualTo(Canonical.of("0.1", NUMERIC, REAL));
    }

    @Test
    void onlyPaddedTypesLoseTrailingBlanks() {
        assertThat(Canonical.of("ab   ", CHAR, TEXT)).isEqualTo(Canonical.of("ab", TEXT, CHAR));
        assertThat(Canonical.of("ab   ", CHAR, TEXT)).isNotEqualTo(Canonical.of("ab ", TEXT, CHAR));
        assertThat(Canonical.of("ab", TEXT, TEXT)).isNotEqualTo(Canonical.of("AB", TEXT, TEXT));
        assertThat(Canonical.of("\u00e4", TEXT, TEXT)).isNotEqualTo(Canonical.of("a\u0308", TEXT, TEXT));
    }

    @ParameterizedTest
    @CsvSource({
        "1 year, 1, 0",
        "1 mon, 30 days, 0",
        "1 day, 24:00:00, 0",
        "-1 mons, 1 mon, 0",
        "1 year 1 mon, 1 year 1 mon, 1",
        "-00:00:00.000001, 00:00:00.000001, 0",
        "1 day -01:00:00, 1 day 01:00:00, 0",
        "infinity, -infinity, 0",
        "00:00:00.5, 00:00:00.500000, 1"
    })
    void intervalsAreEqualByTheirFields(String one, String other, int equal) {
        assertThat(Canonical.of(one, INTERVAL, INTERVAL).equals(Canonical.of(other, INTERVAL, INTERVAL)))
                .isEqualTo(equal == 1);
    }

    @Test
    void intervalFieldsAreReadInFull() {
        assertThat(IntervalFields.parse("-1 years -2 mons +3 days -04:05:06.789"))
                .isEqualTo(new IntervalFields(-14, 3, -14_706_789_000L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"a\":1,\"b\":[2]}~{ \"b\" : [2.0], \"a\" : 1e0 }~1",
                "{\"a\":1}~{\"a\":2,\"a\":1}~1",
                "\"a\"~\"\\u0061\"~1",
                "-0~0.0~1",
                "1~-1~0",
                "1~\"1\"~0",
                "[1,2]~[2,1]~0",
                "[[1,2],[3]]~[[1],[2,3]]~0",
                "null~\"null\"~0",
                "{\"a\":null}~{}~0"
            })
    void jsonIsEqualByItsValue(String one, String other, int equal) {
        assertThat(Canonical.of(one, JSON, JSON).equals(Canonical.of(other, JSON, JSON)))
                .isEqualTo(equal == 1);
    }

    @Test
    void arraysAreEqualByShapeAndElements() {
        Type ints = Type.arrayOf(INT);
        Type numerics = Type.arrayOf(NUMERIC);
        assertThat(Canonical.of("{1,NULL}", ints, numerics)).isEqualTo(Canonical.of("{1.00,NULL}", numerics, ints));
        assertThat(Canonical.of("{1,2}", ints, ints)).isNotEqualTo(Canonical.of("{2,1}", ints, ints));
        assertThat(Canonical.of("{1,2}", ints, ints)).isNotEqualTo(Canonical.of("[0:1]={1,2}", ints, ints));
        assertThat(Canonical.of("{1,2}", ints, ints)).isNotEqualTo(Canonical.of("{{1,2}}", ints, ints));
        assertThat(Canonical.of("{}", ints, ints)).isNotEqualTo(Canonical.of("{NULL}", ints, ints));
    }

    @Test
    void arrayElementsAreUnquoted() {
        assertThat(ArrayLiteral.parse("{a,\"b,\\\"}\\\\\",NULL,\"NULL\",{}}")
                        .elements()
                        .toString())
                .isEqualTo("[a, b,\"}\\, null, NULL, []]");
    }

    @Test
    void otherTypesAreEqualAsText() {
        assertThat(Canonical.of("[1.0,2)", OTHER, OTHER)).isNotEqualTo(Canonical.of("[1.00,2)", OTHER, OTHER));
    }
}
