package io.parallax.engine.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EqualityTest {
    @ParameterizedTest
    @CsvSource({
        "int4, int4, INT4",
        "int2, int4, INT8",
        "int8, numeric, NUMERIC",
        "numeric, numeric, NUMERIC",
        "numeric, float8, FLOAT8",
        "float4, int2, FLOAT8"
    })
    void numbersAreComparedInTheFormThatHoldsBoth(String one, String other, WireForm form) {
        ColumnType a = ColumnType.plain(Family.NUMBER, one);
        ColumnType b = ColumnType.plain(Family.NUMBER, other);
        assertThat(Equality.form(a, b)).isEqualTo(form);
        assertThat(Equality.form(b, a)).isEqualTo(form);
    }

    /** Many exact numbers are one float. */
    @Test
    void exactNumbersMayMeetInAFloat() {
        ColumnType exact = ColumnType.plain(Family.NUMBER, "numeric");
        ColumnType rounded = ColumnType.plain(Family.NUMBER, "float8");
        assertThat(Equality.keepsApart(exact, rounded)).isFalse();
        assertThat(Equality.keepsApart(rounded, exact)).isTrue();
        assertThat(Equality.keepsApart(exact, exact)).isTrue();
    }

    @Test
    void whatHasNoFormOfItsOwnIsText() {
        for (Family family : new Family[] {Family.INTERVAL, Family.JSON, Family.OTHER, Family.TEXT}) {
            ColumnType type = ColumnType.plain(family, "any");
            assertThat(Equality.form(type, type)).isEqualTo(WireForm.TEXT);
        }
    }
}
