package io.parallax.engine.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.SourceDetails;
import io.parallax.engine.TestServer;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.oracle.PgBouncer;
import io.parallax.oracle.needs.Needs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether a server keeps the plans of what is asked of its catalog again and again. */
class KeptPlansIT {
    private static final PostgresSessions SESSIONS = new PostgresSessions(ConnectionSettings.DEFAULT);
    private static final String QUESTION =
            "select c.relname, c.oid, array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and"
                    + " a.attnum > 0) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                    + " where n.nspname = ? and c.relname = ?";

    @Test
    void keepsThemFromTheFirstTimeOn() {
        try (PostgresSession session = open(TestServer.source())) {
            for (String name : List.of("pg_class", "pg_type", "pg_proc")) {
                asksFor(name, session);
            }
            assertThat(keptBy(session)).containsOnlyOnce(QUESTION);
            assertThat(plans("generic", session)).isGreaterThanOrEqualTo(3);
            assertThat(plans("custom", session)).isZero();
            assertThat(session.<String>one("show plan_cache_mode", row -> row.getString(1)))
                    .isEqualTo("auto");
        }
    }

    /** It may have been changed by anybody in between. */
    @Test
    void keepsThemOverTransactions() {
        SourceDetails source = TestServer.source();
        long before;
        try (PostgresSession session = open(source)) {
            asksFor("pg_class", session);
            before = plans("generic", session);
        }
        try (PostgresSession session = open(source)) {
            session.set(Map.of("search_path", "information_schema", "plan_cache_mode", "force_custom_plan"));
            asksFor("pg_class", session);
            assertThat(plans("generic", session)).isEqualTo(before + 1);
            assertThat(session.<String>one("show plan_cache_mode", row -> row.getString(1)))
                    .isEqualTo("force_custom_plan");
            assertThat(session.<String>one("show search_path", row -> row.getString(1)))
                    .isEqualTo("information_schema");
        }
    }

    @Test
    @Tag("needs-pgbouncer")
    @Needs("pgbouncer")
    void keepsNoneBehindAPooler() throws IOException {
        TestServer.run("do $$ begin if to_regrole('pooled') is null then create role pooled login; end if; end $$");
        try (PgBouncer pooler = PgBouncer.start(TestServer.options().get("port").asInt(), 1)) {
            SourceDetails source = new SourceDetails(
                    "pg", TestServer.options().put("port", pooler.port()).put("user", "pooled"));
            try (PostgresSession session = open(source)) {
                asksFor("pg_class", session);
                asksFor("pg_class", session);
                assertThat(keptBy(session)).isEmpty();
            }
        }
    }

    private static PostgresSession open(SourceDetails source) {
        return PostgresSession.of(SESSIONS.open(source, new Cancellation()));
    }

    private static void asksFor(String name, PostgresSession session) {
        List<List<Object>> rows = session.catalog()
                .listOf(
                        QUESTION,
                        row -> List.of(row.getString(1), row.getLong(2), List.of((String[])
                                row.getArray(3).getArray())),
                        "pg_catalog",
                        name);
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get(0)).isEqualTo(name);
        assertThat((long) rows.get(0).get(1)).isPositive();
        assertThat((List<?>) rows.get(0).get(2)).hasSizeGreaterThan(10);
    }

    /** How often it was answered by a plan of that kind; the server counts them from version 14 on. */
    private static long plans(String kind, PostgresSession session) {
        return session.one(
                "select sum(" + kind + "_plans)::int8 from pg_catalog.pg_prepared_statements"
                        + " where strpos(statement, 'a.attname') > 0",
                row -> row.getLong(1));
    }

    private static List<String> keptBy(PostgresSession session) {
        return session.list("select statement from pg_catalog.pg_prepared_statements", row -> row.getString(1)).stream()
                .map(statement -> statement.replaceAll("\\$\\d", "?").strip())
                .filter(statement -> !statement.startsWith("set "))
                .toList();
    }
}
