import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import io.parallax.generated.ApiClient;
import io.parallax.generated.ApiException;
import io.parallax.generated.api.DataDiffsApi;
import io.parallax.generated.api.DataSourcesApi;
import io.parallax.generated.api.OrganizationApi;
import io.parallax.generated.model.ColumnDiffStats;
import io.parallax.generated.model.DataDiff;
import io.parallax.generated.model.DataDiffChange;
import io.parallax.generated.model.DataSource;
import io.parallax.generated.model.DataSourceOptions;
import io.parallax.generated.model.DataSourceTest;
import io.parallax.generated.model.DataSourceType;
import io.parallax.generated.model.DiffRequest;
import io.parallax.generated.model.InvalidRequest;
import io.parallax.generated.model.KeyCandidate;
import io.parallax.generated.model.KeyGuessRequest;
import io.parallax.generated.model.NewDataSource;
import io.parallax.generated.model.ResultRow;
import io.parallax.generated.model.ResultsPage;
import io.parallax.generated.model.SchemaTask;
import io.parallax.generated.model.SourceQuery;
import io.parallax.generated.model.SourceTable;
import io.parallax.generated.model.SummaryResults;
import io.parallax.generated.model.TimelineBucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A program as a user of the API would write it, against classes that were generated from the API's document. */
public final class GeneratedClientProgram {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ApiClient client = new ApiClient();
    private final Map<String, Object> found = new HashMap<>();
    private final DataSourcesApi sources;
    private final DataDiffsApi diffs;

    private GeneratedClientProgram(String url, String key) {
        client.updateBaseUri(url);
        client.setRequestInterceptor(request -> request.header("Authorization", "Key " + key));
        // Not even a field that the document does not tell of.
        client.getObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        sources = new DataSourcesApi(client);
        diffs = new DataDiffsApi(client);
    }

    public static Map<String, Object> run(String url, String key, Map<String, Object> options) throws Exception {
        GeneratedClientProgram program = new GeneratedClientProgram(url, key);
        long source = program.register(options);
        program.lookAround(source);
        long diff = program.compare(source);
        program.readRows(diff);
        program.listAndChange(diff);
        program.err(source);
        program.delete(source);
        return program.found;
    }

    private long register(Map<String, Object> options) throws Exception {
        found.put("organization", new OrganizationApi(client).organizationMeta().getOrgId());
        found.put(
                "types",
                sources.listDataSourceTypes().stream().map(DataSourceType::getType).toList());
        DataSource source = sources.createDataSource(new NewDataSource()
                .name("generated client")
                .type("pg")
                .options(new DataSourceOptions()
                        .host((String) options.get("host"))
                        .port((Integer) options.get("port"))
                        .user((String) options.get("user"))
                        .password((String) options.get("password"))
                        .dbname((String) options.get("dbname"))));
        DataSourceOptions shown = sources.dataSource(source.getId()).getOptions();
        found.put("options of the source", shown.getUser() + ", " + shown.getPassword() + ", " + shown.getSslmode());
        return source.getId();
    }

    private void lookAround(long source) throws Exception {
        long test = sources.testDataSource(source).getJobId();
        found.put(
                "test",
                awaited(
                                () -> sources.dataSourceTest(test),
                                answer -> answer.getStatus() != DataSourceTest.StatusEnum.WAITING)
                        .getStatus()
                        .getValue());
        long task = sources.askDatasetSchema(source, new SourceTable().table(List.of("public", "generated_a")))
                .getTaskId();
        found.put(
                "columns",
                awaited(
                                () -> sources.datasetSchema(source, task),
                                answer -> answer.getStatus() != SchemaTask.StatusEnum.WAITING)
                        .getResult()
                        .getColumns()
                        .stream()
                        .map(column -> column.getName() + " " + column.getType() + " " + column.getNumber())
                        .toList());
        found.put(
                "rows of a query",
                sources.queryDataSource(
                                source, new SourceQuery().query("select id, name from generated_a where id = 7"))
                        .getRows());
        found.put(
                "keys",
                sources.guessPrimaryKey(source, new KeyGuessRequest().table(List.of("generated_a")))
                        .getCandidates()
                        .stream()
                        .map(KeyCandidate::getPk)
                        .anyMatch(List.of("id")::equals));
    }

    private long compare(long source) throws Exception {
        DataDiff diff = diffs.createDataDiff(new DiffRequest()
                .dataSource1Id(source)
                .dataSource2Id(source)
                .table1(List.of("public", "generated_a"))
                .table2(List.of("public", "generated_b"))
                .pkColumns(List.of("id"))
                .timeColumn("day")
                .timeAggregate(DiffRequest.TimeAggregateEnum.DAY)
                .tags(List.of("generated")), "generated-client");
        SummaryResults summary = awaited(
                () -> diffs.dataDiffSummaryResults(diff.getId()),
                answer -> answer.getStatus() == SummaryResults.StatusEnum.SUCCESS
                        || answer.getStatus() == SummaryResults.StatusEnum.FAILED);
        found.put("total_rows", summary.getPks().getTotalRows());
        found.put("exclusives", summary.getPks().getExclusives());
        found.put("distincts", summary.getPks().getDistincts());
        found.put("compared rows", summary.getValues().getTotalRows());
        found.put("compared values", summary.getValues().getTotalValues());
        found.put(
                "differing values",
                summary.getValues().getColumnsDiffStats().stream()
                        .collect(Collectors.toMap(
                                ColumnDiffStats::getColumnName, ColumnDiffStats::getValuesDifferent)));
        found.put("exclusive columns", summary.getSchema().getExclusiveColumns());
        found.put(
                "days",
                summary.getTimeline().getBuckets().stream()
                        .collect(Collectors.toMap(
                                bucket -> bucket.getStart().toString(), TimelineBucket::getExclusives)));
        return diff.getId();
    }

    private void readRows(long diff) throws Exception {
        DataDiff done = diffs.dataDiff(diff);
        found.put("result", done.getResult().getValue());
        found.put(
                "diff_stats",
                List.of(
                        done.getDiffStats().getDiffRowsCount(),
                        done.getDiffStats().getRowsAdded(),
                        done.getDiffStats().getRowsRemoved()));
        List<String> rows = new ArrayList<>();
        String cursor = null;
        do {
            ResultsPage page = diffs.dataDiffResults(diff, null, null, 3, cursor, null, null);
            page.getResults().stream().map(GeneratedClientProgram::text).forEach(rows::add);
            cursor = page.getNextCursor();
        } while (cursor != null);
        found.put("result rows", rows);
    }

    private static String text(ResultRow row) {
        Map<String, String> values = new TreeMap<>();
        row.getValues().forEach((name, value) -> values.put(name, value.getA() + "/" + value.getB()));
        return row.getKind().getValue() + " " + row.getKey() + " " + values;
    }

    private void listAndChange(long diff) throws Exception {
        found.put(
                "listed",
                diffs
                        .listDataDiffs(
                                1, 10, "finished_at", "desc", "done", "in_db", "generated", null, null, null, null, false,
                                false, null, null, null, true, "different")
                        .getResults()
                        .stream()
                        .anyMatch(listed -> listed.getId() == diff));
        found.put("cancelled", diffs.cancelDataDiff(diff).getStatus().getValue());
        DataDiff changed =
                diffs.changeDataDiff(diff, new DataDiffChange().archived(true).purged(true));
        found.put("archived and purged", changed.getArchived() + " " + changed.getPurged());
        found.put(
                "rows after that",
                diffs.dataDiffResults(diff, null, null, null, null, null, null).getResults().size());
    }

    private void err(long source) throws Exception {
        try {
            diffs.createDataDiff(new DiffRequest().dataSource1Id(source).dataSource2Id(source), null);
        } catch (ApiException e) {
            found.put(
                    "faults",
                    client
                            .getObjectMapper()
                            .readValue(e.getResponseBody(), InvalidRequest.class)
                            .getDetail()
                            .stream()
                            .map(fault -> fault.getLoc().toString())
                            .toList());
        }
    }

    private void delete(long source) throws Exception {
        sources.deleteDataSource(source);
        try {
            sources.dataSource(source);
        } catch (ApiException e) {
            found.put("after it was deleted", e.getCode());
        }
    }

    private static <T> T awaited(Callable<T> answer, Predicate<T> over) {
        return await().atMost(PATIENCE).until(answer, over);
    }
}
