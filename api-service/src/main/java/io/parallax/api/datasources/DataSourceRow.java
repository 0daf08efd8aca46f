package io.parallax.api.datasources;

import io.vertx.mutiny.sqlclient.Row;

/** A data source read without a session. */
final class DataSourceRow {
    /** $1 sources. */
    static final String BY_ID =
            """
            select id, name, type, options, sealed, max_allowed_connections, temp_schema, float_tolerance, is_paused,
                   ignored_fields, created_at, updated_at, deleted_at
            from data_source where id = any($1)""";

    private DataSourceRow() {}

    static DataSource source(Row row) {
        DataSource source = new DataSource();
        source.id = row.getLong("id");
        source.name = row.getString("name");
        source.type = row.getString("type");
        source.options = row.getString("options");
        source.sealed = row.getString("sealed");
        source.maxAllowedConnections = row.getInteger("max_allowed_connections");
        source.tempSchema = row.getString("temp_schema");
        source.floatTolerance = row.getBigDecimal("float_tolerance");
        source.isPaused = row.getBoolean("is_paused");
        source.ignoredFields = row.getArrayOfStrings("ignored_fields");
        source.createdAt = row.getOffsetDateTime("created_at");
        source.updatedAt = row.getOffsetDateTime("updated_at");
        source.deletedAt = row.getOffsetDateTime("deleted_at");
        return source;
    }
}
