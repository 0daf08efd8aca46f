package io.parallax.engine.postgres.value;

import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.IndexLookup;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's values: {@link CanonicalForms}, and as they are sent, found and shown. */
public final class PostgresValues implements Values {
    @Override
    public CanonicalExpression value(Column own, Column other) {
        return CanonicalForms.value(own, other);
    }

    @Override
    public CanonicalExpression key(Column own, Column other) {
        return CanonicalForms.key(own, other);
    }

    @Override
    public String isNull(Column own, Column other) {
        return CanonicalForms.nullTest(own, other);
    }

    @Override
    public @Nullable String isNoJsonb(Column own, Column other) {
        return CanonicalForms.isNoJsonb(own, other);
    }

    @Override
    public Map<String, String> settings(ColumnType type) {
        return CanonicalForms.settings(type);
    }

    @Override
    public WireColumn sent(Column own, Column other) {
        return WireColumns.value(own, other);
    }

    @Override
    public WireColumn sentWhole(Column own, Column other) {
        return WireColumns.wholeValue(own, other);
    }

    @Override
    public WireColumn sentKey(Column own, Column other, boolean indexed) {
        return WireColumns.key(own, other, indexed);
    }

    @Override
    public WireColumn sentKeyToWrite(Column own, Column other, boolean indexed) {
        return WireColumns.keyToWrite(own, other, indexed);
    }

    @Override
    public IndexLookup lookup(Column own, Column other) {
        return IndexLookups.of(own, other);
    }

    @Override
    public Stream<String> keyIsOneOf(
            List<WireColumn> key, @Nullable List<IndexLookup> lookups, List<List<String>> values, boolean anyText) {
        return new KeyConditions(key, lookups).isOneOf(values, anyText);
    }

    @Override
    public String copied(Column column) {
        return CanonicalForms.written(column);
    }

    @Override
    public ShownColumn shown(Column own, Column other) {
        ColumnLiterals literals = new ColumnLiterals(own, other);
        return new ShownColumn(literals.name(), literals.form(), literals.isShown());
    }

    @Override
    public boolean called(ColumnType type, String word) {
        return TypeNames.same(type.name(), word);
    }
}
