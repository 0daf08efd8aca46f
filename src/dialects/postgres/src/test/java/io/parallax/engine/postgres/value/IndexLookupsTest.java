package io.parallax.engine.postgres.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.engine.dialect.IndexLookup;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexLookupsTest {
    private static final ColumnType INT4 = ColumnType.plain(Family.NUMBER, "int4");
    private static final ColumnType NUMERIC = ColumnType.plain(Family.NUMBER, "numeric");
    private static final ColumnType FLOAT8 = ColumnType.plain(Family.NUMBER, "float8");
    private static final ColumnType TEXT = ColumnType.plain(Family.TEXT, "text");
    private static final ColumnType CHAR = ColumnType.plain(Family.TEXT, "bpchar");
    private static final ColumnType ENUM = ColumnType.plain(Family.TEXT, "enum");
    private static final ColumnType DAY = ColumnType.plain(Family.DATE, "date");

    private static IndexLookup lookup(ColumnType own, ColumnType other) {
        return IndexLookups.of(column(own), column(other));
    }

    private static Column column(ColumnType type) {
        return new Column("k", type, true, Column.NO_MODIFIER, true);
    }

    @Test
    void looksForLiteralsOfTheColumnsOwnType() {
        assertThat(IndexLookups.isOneOf(lookup(INT4, INT4), List.of("5", "-7")))
                .contains("\"k\" = any('{\"5\",\"-7\"}'::int8[])");
        assertThat(IndexLookups.isOneOf(lookup(TEXT, CHAR), List.of("it's", "\"\\")))
                .contains("\"k\" = any('{\"it''s\",\"\\\"\\\\\"}'::text[])");
        assertThat(IndexLookups.isOneOf(lookup(CHAR, TEXT), List.of("a"))).contains("\"k\" = any('{\"a\"}'::bpchar[])");
        assertThat(IndexLookups.isOneOf(lookup(DAY, DAY), List.of("2024-02-29")))
                .contains("\"k\" = any('{\"2024-02-29\"}'::date[])");
        assertThat(IndexLookups.isOneOf(lookup(NUMERIC, INT4), List.of("5", "0.5")))
                .contains("\"k\" = any('{\"5\",\"0.5\"}'::numeric[])");
        assertThat(IndexLookups.isOneOf(lookup(FLOAT8, NUMERIC), List.of("NaN", "1e+300")))
                .contains("\"k\" = any('{\"NaN\",\"1e+300\"}'::float8[])");
    }

    @Test
    void leavesOutWhatTheColumnCannotHold() {
        assertThat(IndexLookups.isOneOf(lookup(INT4, NUMERIC), List.of("0.5", "NaN", "9223372036854775808", "3")))
                .contains("\"k\" = any('{\"3\"}'::int8[])");
    }

    @Test
    void hasNoConditionWhereItMightMissARow() {
        assertThat(IndexLookups.isOneOf(lookup(NUMERIC, NUMERIC), List.of("1", "NaN")))
                .isEmpty();
        assertThat(IndexLookups.isOneOf(lookup(NUMERIC, FLOAT8), List.of("0.1")))
                .isEmpty();
        assertThat(IndexLookups.isOneOf(lookup(INT4, FLOAT8), List.of("16777217")))
                .isEmpty();
        assertThat(IndexLookups.isOneOf(lookup(ENUM, TEXT), List.of("unheard of")))
                .isEmpty();
        assertThat(IndexLookups.isOneOf(lookup(TEXT, TEXT), List.of("short", "x".repeat(1001))))
                .isEmpty();
        assertThat(IndexLookups.isOneOf(lookup(TEXT, TEXT), List.of("x".repeat(1000))))
                .isPresent();
    }
}
