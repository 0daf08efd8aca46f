package io.parallax.engine.postgres;

import io.parallax.engine.dialect.Rights;
import io.parallax.engine.postgres.catalog.Grant;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.type.Access;
import java.util.List;
import java.util.stream.Collectors;

/** Rights as PostgreSQL grants them. */
final class PostgresRights implements Rights {
    @Override
    public String ofSchema(Access access) {
        return Grant.ofSchema(access);
    }

    @Override
    public String ofColumns(List<String> columns, Access access) {
        return Grant.select(
                columns.isEmpty()
                        ? ""
                        : columns.stream().map(Sql::identifier).collect(Collectors.joining(", ", " (", ")")),
                access);
    }
}
