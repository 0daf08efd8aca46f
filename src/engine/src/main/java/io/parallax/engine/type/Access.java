package io.parallax.engine.type;

/**
 * Who reads a table. Whether it may read a column stands with that.
 *
 * @param login the role that statements run as
 * @param schema the table's
 * @param table its name
 * @param usesSchema whether the login may use the schema
 */
public record Access(String login, String schema, String table, boolean usesSchema) {}
