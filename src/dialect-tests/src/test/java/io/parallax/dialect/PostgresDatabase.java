package io.parallax.dialect;

import static io.parallax.dialect.SampleType.key;
import static io.parallax.dialect.SampleType.value;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.TestServer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The embedded server of these tests. */
final class PostgresDatabase implements TestDatabase {
    @Override
    public SourceDetails source() {
        return TestServer.source();
    }

    @Override
    public SourceDetails sourceIn(String zone) {
        String role = "in_" + zone.replace('/', '_').toLowerCase(Locale.ROOT);
        TestServer.run(
                "do $$ begin create role " + role
                        + " login superuser; exception when duplicate_object then null; end $$",
                "alter role " + role + " set timezone to " + literal(zone),
                "alter role " + role + " set datestyle to 'german'");
        ObjectNode options = TestServer.options();
        return new SourceDetails("pg", options.put("user", role));
    }

    /** What only it has, for {@link #changes}. */
    static void furnish() {
        TestServer.run(
                "drop sequence if exists victim_numbers",
                "create sequence victim_numbers",
                "create or replace function victim_changes() returns boolean language plpgsql volatile as"
                        + " 'begin update victim set v = null; return true; end'");
    }

    @Override
    public void run(List<String> statements) {
        TestServer.run(statements.toArray(String[]::new));
    }

    @Override
    public String one(String query) {
        return TestServer.one(query);
    }

    @Override
    public List<String> path(String table) {
        return List.of("public", table);
    }

    @Override
    public String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    @Override
    public String integer() {
        return "int";
    }

    @Override
    public String text() {
        return "text";
    }

    @Override
    public List<SampleType> types() {
        return List.of(
                key("smallint", "0", "1", "-1", "32767", "-32768", "100", "-100", "255", "256"),
                key("int", "0", "1", "-1", "2147483647", "-2147483648", "65536", "-65536", "1000", "1001"),
                key(
                        "bigint",
                        "0",
                        "1",
                        "-1",
                        "9223372036854775807",
                        "-9223372036854775808",
                        "4294967296",
                        "-4294967296",
                        "9007199254740993",
                        "9007199254740992"),
                key(
                        "numeric",
                        "0",
                        "1",
                        "-1",
                        "10",
                        "10000",
                        "0.0001",
                        "12345678901234567890123456789.5",
                        "12345678901234567890123456789.05",
                        "0.000000000000000000000000000001",
                        "'NaN'",
                        "'Infinity'",
                        "'-Infinity'"),
                key("numeric(20,4)", "0", "1", "-1", "0.0001", "-0.0001", "1234567890123456.7891", "1.5", "15"),
                key(
                        "double precision",
                        "0",
                        "1",
                        "-1",
                        "0.1",
                        "0.30000000000000004",
                        "0.3",
                        "5e-324",
                        "1.7976931348623157e308",
                        "'NaN'",
                        "'Infinity'",
                        "'-Infinity'"),
                key("real", "0", "1", "-1", "0.1", "3.4028235e38", "1e-45", "16777216", "16777215", "'NaN'"),
                key(
                        "text",
                        "''",
                        "' '",
                        "'a'",
                        "'A'",
                        "'a '",
                        "'ä'",
                        "'Ä'",
                        "'z'",
                        "'é'",
                        "e'e\\u0301'",
                        "'😀'",
                        "e'\\uffff'",
                        "'NULL'",
                        "'\\N'",
                        "''''",
                        "'\"'",
                        "e'a\\nb'",
                        "e'\\t'",
                        "repeat('x', 5000)",
                        "repeat('x', 5001)"),
                key("varchar(10)", "''", "'a'", "'A'", "'a '", "'1'", "'01'", "'10'", "'9'"),
                key("char(6)", "''", "'a'", "'A'", "' a'", "'aa'", "'ä'", "'ab'"),
                key("boolean", "true", "false"),
                key(
                        "date",
                        "'0001-01-01'",
                        "'1582-10-04'",
                        "'1582-10-15'",
                        "'2000-02-29'",
                        "'9999-12-31'",
                        "'infinity'"),
                key(
                        "timestamp",
                        "'1970-01-01 00:00:00'",
                        "'1970-01-01 00:00:00.000001'",
                        "'1969-12-31 23:59:59.999999'",
                        "'0001-01-01 00:00:00'",
                        "'9999-12-31 23:59:59.999999'",
                        "'2024-03-31 02:30:00'",
                        "'-infinity'"),
                key("timestamp(3)", "'1970-01-01 00:00:00'", "'1970-01-01 00:00:00.001'", "'1969-12-31 23:59:59.999'"),
                key(
                        "timestamptz",
                        "'1970-01-01 00:00:00Z'",
                        "'1970-01-01 00:00:00+01'",
                        "'2024-03-31 00:59:59.999999Z'",
                        "'2024-03-31 01:00:00Z'",
                        "'2024-10-27 00:30:00Z'",
                        "'2024-10-27 01:30:00Z'",
                        "'infinity'"),
                key("time", "'00:00:00'", "'00:00:00.000001'", "'12:00:00'", "'23:59:59.999999'", "'24:00:00'"),
                key(
                        "uuid",
                        "'00000000-0000-0000-0000-000000000000'",
                        "'00000000-0000-0000-0000-000000000001'",
                        "'7fffffff-ffff-ffff-ffff-ffffffffffff'",
                        "'80000000-0000-0000-0000-000000000000'",
                        "'ffffffff-ffff-ffff-ffff-ffffffffffff'"),
                key("bytea", "''", "'\\x00'", "'\\x0000'", "'\\x01'", "'\\x7f'", "'\\x80'", "'\\xff'", "'\\x5c78'"),
                value("interval", "'0'", "'1 day'", "'1 month'", "'-1 month'", "'1 microsecond'", "'1000 years'"),
                value("json", "'null'", "'{}'", "'[]'", "'{\"a\": 1}'", "'{\"a\": \"1\"}'", "'[1, 2]'", "'[2, 1]'"),
                value("jsonb", "'null'", "'{}'", "'0'", "'\"\"'", "'{\"a\": 1}'", "'{\"a\": 2}'", "'{\"b\": 1}'"),
                value("int[]", "'{}'", "'{1}'", "'{1,2}'", "'{2,1}'", "'{NULL}'", "'{{1,2}}'"),
                value("text[]", "'{}'", "'{\"\"}'", "'{a,b}'", "'{\"a,b\"}'", "'{NULL}'", "'{\"NULL\"}'"),
                value("inet", "'10.0.0.1'", "'10.0.0.0/8'", "'::1'"),
                value("daterange", "'empty'", "'[2024-01-01,2024-01-02)'", "'(,)'"));
    }

    @Override
    public List<SamePair> equals() {
        return List.of(
                new SamePair("int", "5", "bigint", "5"),
                new SamePair("int", "5", "numeric(10,2)", "5.00"),
                new SamePair("numeric(10,2)", "1.50", "numeric", "1.5000"),
                new SamePair("smallint", "-7", "double precision", "-7"),
                new SamePair("double precision", "'-0'", "int", "0"),
                new SamePair("varchar(10)", "'ä'", "text", "'ä'"),
                new SamePair("char(10)", "'a'", "text", "'a'"),
                new SamePair("timestamp(3)", "'2024-01-01 00:00:00.1'", "timestamp", "'2024-01-01 00:00:00.100'"),
                new SamePair("json", "'{\"b\": [1, 2.50], \"a\": 1}'", "jsonb", "'{\"a\": 1.0, \"b\": [1.0, 2.5]}'"));
    }

    @Override
    public List<String> sameMoment() {
        return List.of(
                "'2024-03-31 00:30:00Z'",
                "'2024-03-31 06:00:00+05:30'",
                "'2024-03-30 20:30:00 America/New_York'",
                "'2024-03-31 01:30:00 Europe/Berlin'");
    }

    @Override
    public String moment() {
        return "timestamptz";
    }

    @Override
    public String slow(String mark) {
        return "select id, pg_sleep(120)::text as v from victim where v <> " + literal(mark);
    }

    @Override
    public int running(String mark) {
        return Integer.parseInt(one(
                "select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and strpos(query, "
                        + literal(mark) + ") > 0"));
    }

    @Override
    public List<String> changes() {
        return List.of(
                "delete from victim",
                "delete from victim returning id, v",
                "with gone as (delete from victim returning *) select * from gone",
                "select * from victim for update",
                "select 1 as id, 'x' as v; delete from victim",
                "select 1 as id, 'x' as v) q; delete from victim; select * from (select 1 as id, 'x' as v",
                "select id, v into stolen from victim",
                "select id, set_config('transaction_read_only', 'off', false) as v from victim",
                "select id, nextval('victim_numbers')::text as v from victim",
                "select id, v from victim where victim_changes()");
    }

    @Override
    public List<String> traces() {
        String sequence = one("select coalesce(pg_sequence_last_value('victim_numbers')::text, '')");
        return Stream.of(sequence, one("select coalesce(to_regclass('stolen')::text, '')"))
                .filter(trace -> !trace.isEmpty())
                .toList();
    }

    @Override
    public List<String> oddQueries() {
        return List.of(
                "select id, v from victim -- it ends here: )",
                "select id, v /* ; ) /* nested */ ' */ from victim",
                "select id, v from victim where v <> ';' and v <> ''')'",
                "select id, v from victim where v <> $$;)'$$ and v <> $x$ $$ ) $x$",
                "select id, v from victim where v <> e'\\');' and v <> U&'\\0029;'",
                "with \"a;)\" as (select * from victim) select id, v from \"a;)\"",
                "table victim",
                "select id, v from victim order by v limit 1000;",
                "(select id, v from victim)");
    }

    @Override
    public List<String> oddFilters() {
        return List.of(
                "id > 0 -- all",
                "id > 0 /* ) */",
                "v <> ');' or id = 1",
                "v <> $$) or ($$",
                "id > 0 and v like 'v%' and not (v = '?')",
                "exists (select 1 where victim.id > 0)");
    }

    @Override
    public List<String> noFilters() {
        return List.of(
                "id > 0) or (id < 0",
                "id > 0; delete from victim",
                "id > 0 order by id",
                "'",
                "id > 0 /* never ends",
                "$$");
    }

    @Override
    public List<String> oddNames() {
        return List.of(
                "select",
                "UPPER",
                "with space",
                "Odd.\"\"Näme? $1 --",
                "quote'd",
                "back\\slash",
                "semi;colon",
                "per%cent",
                "a)",
                "k0");
    }

    @Override
    public boolean snapshots() {
        return true;
    }
}
