package io.parallax.engine.postgres.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int4|integer",
                "int4|INT",
                "int4|db:int4",
                "int4|DB:INTEGER",
                "varchar|character varying(20)",
                "timestamptz|timestamp(3) with time zone",
                "_int4|int4[]",
                "_int4|db:integer[]",
                "_varchar|varchar(10)[]",
                "Mood|mood",
                "char|char"
            })
    void knowsOneByItsOtherNames(String kept, String called) {
        assertThat(TypeNames.same(kept, called)).isTrue();
    }

    @Test
    void tellsOthersApart() {
        assertThat(TypeNames.same("int8", "db:int4")).isFalse();
        assertThat(TypeNames.same("int4", "db:")).isFalse();
        assertThat(TypeNames.same("int4", "int4[]")).isFalse();
        assertThat(TypeNames.same("int4", "dbint4")).isFalse();
    }
}
