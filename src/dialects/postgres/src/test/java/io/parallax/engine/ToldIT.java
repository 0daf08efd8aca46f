package io.parallax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.engine.dialect.SourceSessions;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.task.Sizing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sessions that clients tell where names are to be found. */
class ToldIT {
    @Test
    void readsAmongNamesOfOthers() {
        TestServer.run(
                "create schema told_names",
                "create function told_names.kept(text) returns boolean language sql as $$ select $1 = 'on' $$",
                "create function told_names.any(int, bigint) returns boolean language sql as $$ select true $$",
                "create operator told_names.= (leftarg = int, rightarg = bigint, function = told_names.any)",
                "create domain told_names.int8 as text",
                "create table told_m (id int, st text, at timestamptz)",
                "create table told_n (id int, st text, at timestamptz)",
                "insert into told_m values (1, 'on', '2026-01-01 00:00+09'), (2, 'on', '2026-01-02Z')",
                "insert into told_n values (2, 'on', '2026-01-03Z'), (3, 'on', '2026-01-01 00:00+09')");
        Map<String, String> settings =
                Map.of("search_path", "told_names, pg_catalog", "TimeZone", "Asia/Tokyo", "plan_cache_mode", "auto");
        String filter = "kept(st) and at >= '2026-01-01'";
        DiffSpec spec = new DiffSpec(
                new Dataset(List.of("public", "told_m"), null, filter, settings),
                new Dataset(List.of("public", "told_n"), null, filter, settings),
                List.of("id"),
                List.of(),
                List.of());
        try (SourceSessions fresh = new SourceSessions(ConnectionSettings.DEFAULT)) {
            Diffing.Outcome outcome = Diffing.diff(new DiffEngine(Sizing.DEFAULT, fresh, null), spec);
            assertThat(outcome.tally().rowsWithDifferences()).isEqualTo(1);
        }
    }
}
