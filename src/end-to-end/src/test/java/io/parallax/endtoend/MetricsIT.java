package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parallax.endtoend.Expressions.LabelMatcher;
import io.parallax.endtoend.Expressions.Selector;
import io.parallax.endtoend.Metrics.Sample;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Alerts and dashboards ask for nothing that there is not, and what there is tells the truth. */
@ExtendWith(InstallationExtension.class)
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> OF_AN_API_SERVICE = List.of(
            "parallax_dead_letters_total",
            "parallax_diffs_finished_total",
            "parallax_kafka_reachable",
            "parallax_tasks_handed_back_total",
            "parallax_tasks_reissued_total");
    private static final List<String> OF_A_WORKER = List.of(
            "parallax_dead_letters_total",
            "parallax_rows_compared_total",
            "parallax_rows_fetched_total",
            "parallax_sealing_key_missing",
            "parallax_worker_slots",
            "parallax_worker_slots_in_use",
            "parallax_task_seconds_bucket",
            "parallax_task_seconds_count");

    private static Map<String, Metrics> beforeOfEach;
    private static Map<String, Metrics> afterOfEach;
    private static Metrics before;
    private static Metrics after;

    @BeforeAll
    static void aDiff(Installation installation) throws Exception {
        // Others may have told some to end, or to start.
        await().atMost(PATIENCE).until(() -> installation.services().stream()
                .filter(ServiceProcess::alive)
                .allMatch(ServiceProcess::ready));
        before = metrics(installation);
        beforeOfEach = metricsOfEach(installation);
        installation.inSource("create table measured as select i as id, i as value from generate_series(1, 100) i");
        long source = installation.register("measured", installation.sourceOptions());
        var body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("measured");
        body.putArray("table2").add("measured");
        body.putArray("pk_columns").add("id");
        long diff = installation.api().post("/datadiffs", body).path("id").asLong();
        installation.api().finished(diff, Duration.ofSeconds(30));
        await().atMost(PATIENCE).until(() -> counted(metrics(installation)) > counted(before));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(missing(metrics(installation))).isEmpty());
        after = metrics(installation);
        afterOfEach = metricsOfEach(installation);
    }

    private static Metrics metrics(Installation installation) throws IOException, InterruptedException {
        return Metrics.of(
                installation.services().stream().filter(ServiceProcess::alive).toList());
    }

    private static Map<String, Metrics> metricsOfEach(Installation installation)
            throws IOException, InterruptedException {
        Map<String, Metrics> ofEach = new HashMap<>();
        for (ServiceProcess service : installation.services()) {
            if (service.alive()) {
                ofEach.put(service.name(), Metrics.of(List.of(service)));
            }
        }
        return ofEach;
    }

    private static double counted(Metrics metrics) {
        return metrics.sum("parallax_diffs_finished_total");
    }

    /** What is asked for and not there. */
    private static List<String> missing(Metrics metrics) throws IOException {
        List<String> missing = new ArrayList<>();
        for (String expression : Expressions.all()) {
            for (Selector selector : Expressions.selectors(expression)) {
                missing(metrics.named(selector.name()), selector)
                        .forEach(what -> missing.add(selector.name() + ": " + what + " in " + expression));
            }
        }
        return missing;
    }

    private static List<String> missing(List<Sample> samples, Selector selector) {
        if (samples.isEmpty()) {
            return List.of("no such series");
        }
        List<String> missing = new ArrayList<>();
        for (LabelMatcher matcher : selector.matchers()) {
            boolean found = samples.stream()
                    .anyMatch(sample -> sample.labels().containsKey(matcher.label())
                            && (matcher.excludes()
                                    // Of errors there is a series with the first one only.
                                    || matcher.label().equals("status")
                                    || matcher.takes(sample.labels().get(matcher.label()))));
            if (!found) {
                missing.add("no " + matcher);
            }
        }
        selector.grouped().stream()
                .filter(label ->
                        samples.stream().noneMatch(sample -> sample.labels().containsKey(label)))
                .forEach(label -> missing.add("no label " + label));
        return missing;
    }

    @Test
    void readsEveryExpression() throws IOException {
        assertThat(Expressions.all()).hasSizeGreaterThan(20).allSatisfy(expression -> assertThat(
                        Expressions.selectors(expression))
                .as(expression)
                .isNotEmpty());
        assertThat(Expressions.selectors("sum by (le, a) (rate(parallax_x_total{b=~\"c.*\",d!=\"{e}\"}[5m])) > 1"))
                .containsExactly(new Selector(
                        "parallax_x_total",
                        List.of(new LabelMatcher("b", "=~", "c.*"), new LabelMatcher("d", "!=", "{e}")),
                        Set.of("le", "a")));
    }

    @Test
    void exportsEverySeriesAndLabelThatARuleOrAPanelNames() throws IOException {
        assertThat(missing(after)).isEmpty();
    }

    /** What appears with its first increase has not increased. */
    @Test
    void countersAreThereBeforeAnythingHasHappened() {
        assertThat(beforeOfEach).hasSizeGreaterThan(2);
        beforeOfEach.forEach((service, metrics) -> assertThat(
                        metrics.samples().stream().map(Sample::name).collect(Collectors.toSet()))
                .as(service)
                .containsAll(service.startsWith("api") ? OF_AN_API_SERVICE : OF_A_WORKER));
        assertThat(before.named("parallax_diffs_finished_total").stream()
                        .map(sample -> sample.labels().get("error_type"))
                        .collect(Collectors.toSet()))
                .contains("none", "Internal", "WorkerLost", "SourceUnreachable");
    }

    @Test
    void explainsWhatIsOurs() {
        // Of two services that have a metric of the same name, one may explain it and the other not.
        afterOfEach.forEach((service, metrics) -> assertThat(
                        metrics.samples().stream().map(Sample::name).filter(name -> name.startsWith("parallax_")))
                .as(service)
                .isNotEmpty()
                .allMatch(
                        name -> metrics.explained().contains(name.replaceAll("_(bucket|count|max|sum|total)$", ""))
                                || metrics.explained().contains(name),
                        "has a HELP"));
    }

    /** The same lag is there twice, once for each way to write a topic's name. */
    @Test
    void countsNothingTwice(Installation installation) throws SQLException {
        List<Sample> lags = after.named("kafka_consumer_fetch_manager_records_lag").stream()
                .filter(sample -> "parallax.tasks".equals(sample.labels().get("topic")))
                .toList();
        assertThat(lags).isNotEmpty();
        assertThat(lags.stream().map(sample -> sample.labels().get("partition")))
                .doesNotHaveDuplicates();
        try (Connection store = installation.store()) {
            assertThat(counted(after))
                    .isLessThanOrEqualTo(Installation.number(
                            store, "select count(*) from event where type in ('finished', 'failed', 'cancelled')"));
        }
    }
}
