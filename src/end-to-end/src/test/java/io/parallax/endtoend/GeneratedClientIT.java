package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has a client generated from the API's document can work with it. */
@ExtendWith(InstallationExtension.class)
class GeneratedClientIT {
    private static final String PROGRAM = "GeneratedClientProgram";

    @BeforeAll
    static void tables(Installation installation) throws Exception {
        installation.inSource(
                """
                drop table if exists generated_a, generated_b;
                create table generated_a as
                    select g as id, 'n' || g as name, g * 1.5 as price, date '2026-01-01' + g % 2 as day
                    from generate_series(1, 100) g;
                create table generated_b as
                    select id, case when id = 7 then null else name end as name, price, day, 1 as extra
                    from generated_a where id <> 9;
                insert into generated_b values (101, 'n', 1, '2026-01-01', 1), (102, 'n', 1, '2026-01-02', 1);
                grant select on generated_a, generated_b to reader""");
    }

    @Test
    void worksFromEndToEnd(Installation installation, @TempDir Path directory) throws Exception {
        Path program = Path.of(
                GeneratedClientIT.class.getResource("/" + PROGRAM + ".java").toURI());
        try (GeneratedClient client = GeneratedClient.of(document(installation, directory), program, directory)) {
            Map<?, ?> found = client.run(
                    PROGRAM,
                    installation.apiUrl().toString(),
                    installation.apiKey(),
                    new ObjectMapper().convertValue(installation.sourceOptions(), new TypeReference<>() {}));

            Map<String, Object> expected = new HashMap<>();
            expected.put("organization", 1L);
            expected.put("types", List.of("pg", "postgres_aws_rds", "postgres_aurora"));
            expected.put("options of the source", "reader, null, prefer");
            expected.put("test", "done");
            expected.put("columns", List.of("id number 1", "name text 2", "price number 3", "day date 4"));
            expected.put("rows of a query", List.of(Map.of("id", 7, "name", "n7")));
            expected.put("keys", true);
            expected.put("total_rows", List.of(100L, 101L));
            expected.put("exclusives", List.of(1L, 2L));
            expected.put("distincts", List.of(100L, 101L));
            expected.put("compared rows", 99L);
            expected.put("compared values", 297L);
            expected.put("differing values", Map.of("name", 1L, "price", 0L, "day", 0L));
            expected.put("exclusive columns", List.of(List.of(), List.of("extra")));
            expected.put("days", Map.of("2026-01-01T00:00Z", List.of(0L, 1L), "2026-01-02T00:00Z", List.of(1L, 1L)));
            expected.put("result", "different");
            expected.put("diff_stats", List.of(1L, 2L, 1L));
            expected.put(
                    "result rows",
                    List.of(
                            "value {id=7} {name=n7/null}",
                            "exclusive1 {id=9} {day=2026-01-02/null, name=n9/null, price=13.5/null}",
                            "exclusive2 {id=101} {day=null/2026-01-01, name=null/n, price=null/1}",
                            "exclusive2 {id=102} {day=null/2026-01-02, name=null/n, price=null/1}"));
            expected.put("listed", true);
            expected.put("cancelled", "done");
            expected.put("archived and purged", "true true");
            expected.put("rows after that", 0);
            expected.put("faults", List.of("[body, table1]", "[body, table2]", "[body, pk_columns]"));
            expected.put("after it was deleted", 404);
            assertThat(found).isEqualTo(expected);
        }
    }

    /** A file, as the generator wants it. */
    private static Path document(Installation installation, Path directory) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(installation.apiUrl().resolve("/q/openapi?format=json"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofFile(directory.resolve("openapi.json")))
                .body();
    }
}
