package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service as the image starts it, on a machine of many cores, stays within what the chart allows it. */
@ExtendWith(InstallationExtension.class)
class ContainerMemoryIT {
    private static final Path DEPLOY = Path.of("../../deploy").toAbsolutePath().normalize();
    private static final long LIMIT = 1L << 30;
    private static final int CALLS = 16;
    private static final int ROUNDS = 4;
    private static final int DIFFS = 1000;

    private static final Pattern OPTION = Pattern.compile("-XX:[^\"\\s]+");
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    /** A page full of diffs with wide tables, notes and tags. */
    @BeforeAll
    static void manyDiffs(Installation installation) throws Exception {
        StringBuilder columns = new StringBuilder();
        for (int column = 0; column < 60; column++) {
            columns.append(", i as a_column_with_a_long_name_").append(column);
        }
        installation.inSource("create table wide as select i as id" + columns + " from generate_series(1, 100) i");
        installation.inSource("create table wider as select i as id"
                + columns.toString().replace(", i", ", i + 1") + " from generate_series(1, 100) i");
        long source = installation.register("wide", installation.sourceOptions());
        var body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("wide");
        body.putArray("table2").add("wider");
        body.putArray("pk_columns").add("id");
        body.putArray("tags").add("of a page").add("with very many");
        long diff = installation.api().post("/datadiffs", body).path("id").asLong();
        assertThat(installation
                        .api()
                        .finished(diff, Duration.ofSeconds(60))
                        .path("status")
                        .asText())
                .isEqualTo("success");
        copy(installation, diff);
    }

    /** The same diff again and again, under other numbers. */
    private static void copy(Installation installation, long diff) throws SQLException {
        try (Connection store = installation.store();
                Statement statement = store.createStatement()) {
            statement.execute(
                    """
                    do $$
                    declare columns text;
                    begin
                        select string_agg(quote_ident(attname), ', ') into columns from pg_attribute
                        where attrelid = 'diff'::regclass and attnum > 0 and not attisdropped
                          and attname <> 'id' and attgenerated = '';
                        execute format('insert into diff (%%1$s) select %%1$s from diff, generate_series(1, %d) where id = %d', columns);
                    end $$"""
                            .formatted(DIFFS, diff));
        }
    }

    /** What the image gives the JVM. */
    private static List<String> options() throws IOException {
        List<String> options = new ArrayList<>(OPTION.matcher(Files.readString(DEPLOY.resolve("docker/Dockerfile")))
                .results()
                .map(MatchResult::group)
                .toList());
        assertThat(options).isNotEmpty();
        options.add("-XX:ActiveProcessorCount=48");
        options.add("-XX:MaxRAM=1g");
        // As many compilers as for so many cores would have no other.
        options.add("-XX:TieredStopAtLevel=1");
        return options;
    }

    @Test
    void pagesOfAThousandDiffsFitOnANodeWithManyCores(Installation installation) throws Exception {
        try (ServiceProcess service =
                installation.startApi("api-many-cores", options(), Map.of("MALLOC_ARENA_MAX", "2"))) {
            service.awaitReady();
            for (int round = 0; round < ROUNDS; round++) {
                assertThat(pages(service, installation.apiKey()))
                        .allSatisfy(page -> assertThat(page).isGreaterThan(DIFFS * 1000));
            }
            long peak = peak(service.handle());
            System.out.printf("A service with %d pages of %d diffs at once took %d MiB%n", CALLS, DIFFS, peak >> 20);
            assertThat(peak).isLessThan(LIMIT * 9 / 10);
            assertThat(service.log()).doesNotContain("OutOfMemory").doesNotContain("OutOfDirectMemory");
        }
    }

    @Test
    void noPoolIsAsLargeAsTheMachine(Installation installation) throws Exception {
        try (ServiceProcess service =
                installation.startApi("api-few-threads", options(), Map.of("MALLOC_ARENA_MAX", "2"))) {
            service.awaitReady();
            try (var threads = Files.list(Path.of("/proc/" + service.handle().pid() + "/task"))) {
                List<String> loops = threads.map(thread -> comm(thread))
                        .filter(name -> name.startsWith("vert.x-eventloo"))
                        .toList();
                assertThat(loops).isNotEmpty().hasSizeLessThanOrEqualTo(8);
            }
        }
    }

    private static String comm(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"));
        } catch (IOException e) {
            return "";
        }
    }

    /** Sizes of as many answers, asked for at once. */
    private static List<Integer> pages(ServiceProcess service, String key) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CALLS);
        try {
            List<Future<Integer>> calls = IntStream.range(0, CALLS)
                    .mapToObj(call -> clients.submit(() -> page(service, key)))
                    .toList();
            List<Integer> sizes = new ArrayList<>();
            for (Future<Integer> call : calls) {
                sizes.add(call.get());
            }
            return sizes;
        } finally {
            clients.shutdownNow();
        }
    }

    private static int page(ServiceProcess service, String key) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.url().resolve("/api/v1/datadiffs?page_size=" + DIFFS))
                                .header("Authorization", "Key " + key)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body().length;
    }

    private static long peak(ProcessHandle process) throws IOException {
        return PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)) << 10)
                .findFirst()
                .orElseThrow();
    }
}
