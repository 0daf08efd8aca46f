package io.parallax.bench;

import io.parallax.bench.load.Calls;
import io.parallax.bench.load.FullStore;
import io.parallax.bench.load.Generator;
import io.parallax.bench.load.Load;
import io.parallax.bench.measure.Samples;
import io.parallax.bench.server.Diff;
import io.parallax.bench.server.Parallax;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Makes all kinds of calls in turns, so that a noisy machine is noisy for all. */
final class LoadRun {
    /** Answers after which a service has compiled what gives them. */
    private static final int ANSWERS_WHILE_NEW = 15_000;

    private static final int MOST_TURNS_WHILE_NEW = 30;

    private final LoadOptions options;
    private final Generator generator;
    private final Parallax parallax;
    private final Diff diff;
    private final long unfinished;
    private final FullStore store;

    /**
     * @param diff that is posted
     * @param unfinished one that stays so
     */
    LoadRun(LoadOptions options, Generator generator, Parallax parallax, Diff diff, long unfinished, FullStore store) {
        this.options = options;
        this.generator = generator;
        this.parallax = parallax;
        this.diff = diff;
        this.unfinished = unfinished;
        this.store = store;
    }

    /** Services compile themselves while they are new. */
    void warmUp(List<Long> finished) throws IOException, InterruptedException, SQLException {
        List<Kind> kinds = kinds(finished);
        for (Kind kind : kinds) {
            double answers = 0;
            for (int i = 0; i < MOST_TURNS_WHILE_NEW && answers < ANSWERS_WHILE_NEW; i++) {
                answers += generator.rate(kind.calls(), options.turn())
                        * options.turn().toSeconds();
                store.forget();
            }
        }
    }

    /** @param finished the diffs that are asked for */
    List<Load> run(List<Long> finished) throws IOException, InterruptedException, SQLException {
        List<Kind> kinds = kinds(finished);
        List<List<Double>> rounds = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            rounds.add(rates(kinds));
        }
        List<Load> loads = new ArrayList<>();
        for (Kind kind : kinds) {
            double rate = median(rounds, kinds.indexOf(kind));
            Samples latencies = generator.latencies(kind.calls(), rate / 2, options.turn());
            store.forget();
            loads.add(new Load(kind.calls().name(), rate, median(rounds, kind.floor()), latencies));
        }
        return loads;
    }

    private List<Double> rates(List<Kind> kinds) throws IOException, InterruptedException, SQLException {
        List<Double> rates = new ArrayList<>();
        for (Kind kind : kinds) {
            rates.add(generator.rate(kind.calls(), options.turn()));
            store.forget();
        }
        return rates;
    }

    private static double median(List<List<Double>> rounds, int kind) {
        return Samples.of(rounds.stream().map(rates -> rates.get(kind)).toList())
                .median();
    }

    /** @param floor the place of what it is measured against */
    private record Kind(Calls calls, int floor) {}

    private List<Kind> kinds(List<Long> finished) {
        return List.of(
                new Kind(reading("bare GET", "floor/%d", finished), 0),
                new Kind(reading("GET datadiffs/{id}, over", "datadiffs/%d", finished), 0),
                new Kind(reading("GET datadiffs/{id}, waiting", "datadiffs/%d", List.of(unfinished)), 0),
                new Kind(reading("GET .../summary_results", "datadiffs/%d/summary_results", finished), 0),
                new Kind(new Calls("bare POST", List.of(parallax.writing("floor"))), 4),
                new Kind(new Calls("POST datadiffs", List.of(diff.posting())), 4));
    }

    private Calls reading(String name, String path, List<Long> ids) {
        return new Calls(
                name,
                ids.stream().map(id -> parallax.reading(path.formatted(id))).toList());
    }
}
