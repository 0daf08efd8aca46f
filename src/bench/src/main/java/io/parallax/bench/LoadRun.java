package io.parallax.bench;

import io.parallax.bench.load.Calls;
import io.parallax.bench.load.Cost;
import io.parallax.bench.load.FullStore;
import io.parallax.bench.load.Generator;
import io.parallax.bench.load.Load;
import io.parallax.bench.measure.Samples;
import io.parallax.bench.server.Diff;
import io.parallax.bench.server.Parallax;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes all kinds of calls in turns, so that a noisy machine is noisy for all. */
final class LoadRun {
    /** Answers after which a service has compiled what gives them. */
    private static final int ANSWERS_WHILE_NEW = 60_000;

    private static final int MOST_TURNS_WHILE_NEW = 30;

    /** The first diffs after nothing are issued at once, and all others wait: what issues them is warm only after many such starts. */
    private static final int STARTS_WHILE_NEW = 100;

    private static final Duration START = Duration.ofMillis(100);

    private final LoadOptions options;
    private final Generator generator;
    private final Parallax parallax;
    private final Diff diff;
    private final long unfinished;
    private final FullStore store;
    private final Cost.Clocks clocks;

    /**
     * @param diff that is posted
     * @param unfinished one that stays so
     */
    LoadRun(
            LoadOptions options,
            Generator generator,
            Parallax parallax,
            Diff diff,
            long unfinished,
            FullStore store,
            Cost.Clocks clocks) {
        this.options = options;
        this.generator = generator;
        this.parallax = parallax;
        this.diff = diff;
        this.unfinished = unfinished;
        this.store = store;
        this.clocks = clocks;
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
        if (options.calls().contains(CallKind.POST)) {
            for (int i = 0; i < STARTS_WHILE_NEW; i++) {
                generator.rate(posting(), START);
                store.forget();
            }
        }
    }

    /** @param finished the diffs that are asked for */
    List<Load> run(List<Long> finished) throws IOException, InterruptedException, SQLException {
        List<Kind> kinds = kinds(finished);
        List<List<Turn>> rounds = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            rounds.add(turns(kinds));
        }
        List<Load> loads = new ArrayList<>();
        for (Kind kind : kinds) {
            double rate = median(rounds, kinds.indexOf(kind));
            Samples latencies = generator.latencies(kind.calls(), rate / 2, options.turn());
            store.forget();
            loads.add(new Load(
                    kind.calls().name(),
                    rate,
                    median(rounds, kind.floor()),
                    cost(rounds, kinds.indexOf(kind)),
                    latencies));
        }
        return loads;
    }

    /** All that is done for these calls is theirs, also what nobody waits for. */
    private List<Turn> turns(List<Kind> kinds) throws IOException, InterruptedException, SQLException {
        List<Turn> turns = new ArrayList<>();
        for (Kind kind : kinds) {
            List<Duration> before = clocks.read();
            double rate = generator.rate(kind.calls(), options.turn());
            store.settled();
            turns.add(new Turn(rate, clocks.since(before, rate * options.turn().toSeconds())));
            store.forget();
        }
        return turns;
    }

    private static double median(List<List<Turn>> rounds, int kind) {
        return Samples.of(rounds.stream().map(turns -> turns.get(kind).rate()).toList())
                .median();
    }

    private static Cost cost(List<List<Turn>> rounds, int kind) {
        return rounds.stream().map(turns -> turns.get(kind).cost()).reduce(Cost.NONE, Cost::and);
    }

    /** @param rate answers a second */
    private record Turn(double rate, Cost cost) {}

    /** @param floor the place of what it is measured against */
    private record Kind(Calls calls, int floor) {}

    private List<Kind> kinds(List<Long> finished) {
        List<Kind> kinds = new ArrayList<>();
        Map<CallKind, Calls> reading = Map.of(
                CallKind.OVER, reading("GET datadiffs/{id}, over", "datadiffs/%d", finished),
                CallKind.WAITING, reading("GET datadiffs/{id}, waiting", "datadiffs/%d", List.of(unfinished)),
                CallKind.SUMMARY, reading("GET .../summary_results", "datadiffs/%d/summary_results", finished));
        add(kinds, reading("bare GET", "floor/%d", finished), reading);
        add(
                kinds,
                new Calls("bare POST", List.of(diff.posting("floor"))),
                Map.of(
                        CallKind.NOTE,
                        new Calls("bare POST, a short record", List.of(parallax.writing("floor/note"))),
                        CallKind.POST,
                        posting()));
        return kinds;
    }

    /** Those that are wanted, after what they are measured against. */
    private void add(List<Kind> kinds, Calls bare, Map<CallKind, Calls> others) {
        List<Calls> wanted = others.entrySet().stream()
                .filter(one -> options.calls().contains(one.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        int floor = kinds.size();
        if (!wanted.isEmpty()) {
            kinds.add(new Kind(bare, floor));
            wanted.forEach(calls -> kinds.add(new Kind(calls, floor)));
        }
    }

    private Calls posting() {
        return new Calls("POST datadiffs", List.of(diff.posting("datadiffs")));
    }

    private Calls reading(String name, String path, List<Long> ids) {
        return new Calls(
                name,
                ids.stream().map(id -> parallax.reading(path.formatted(id))).toList());
    }
}
