package io.parallax.engine.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.postgres.sql.Parameters;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.postgres.value.AnyBytes;
import io.parallax.engine.postgres.value.CanonicalForms;
import io.parallax.engine.postgres.value.Shorthand;
import io.parallax.engine.postgres.value.Unmapped;
import io.parallax.engine.type.Column;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Words and values as PostgreSQL reads them. */
final class PostgresExpressions implements Expressions {
    @Override
    public String identifier(String name) {
        return Sql.identifier(name);
    }

    @Override
    public String literal(String text) {
        return Sql.literal(text);
    }

    @Override
    public String literal(String text, String type) {
        return Sql.literal(text) + "::" + type;
    }

    @Override
    public Map<String, String> literals(Map<String, JsonNode> values) {
        return Parameters.literals(values);
    }

    @Override
    public String array(List<String> elements) {
        return Sql.arrayLiteral(elements);
    }

    @Override
    public String integer(long number) {
        return "'" + number + "'::int8";
    }

    @Override
    public String asInteger(String sql) {
        return sql + "::int8";
    }

    @Override
    public String integers(LongStream numbers) {
        return Sql.int8Array(numbers);
    }

    @Override
    public String spelled(String expression) {
        return Shorthand.written(expression);
    }

    @Override
    public String text(String sql, String type) {
        return CanonicalForms.text(sql, type);
    }

    @Override
    public String beginning(Column column, int characters) {
        String text = Sql.identifier(column.name()) + "::text";
        if (column.type().isPartlyMapped()) {
            return Unmapped.beginning(text, characters);
        }
        return column.type().unchecked()
                ? AnyBytes.beginning(text, characters)
                : "left(" + text + ", " + characters + ")";
    }

    @Override
    public String asWritten(String filter) {
        return OwnSql.unmarked(filter);
    }
}
