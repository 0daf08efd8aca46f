package io.parallax.engine;

import io.parallax.contract.Codec;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.task.Sizing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Does diffs in a process with a heap of its own size, as many at once as a worker does; see {@link MemoryIT}. */
final class SmallHeap {
    /** Places for tasks and for planning jobs, and the spare ones of either, by default. */
    private static final int SLOTS = 2 + 3 + 4 + 3;

    private SmallHeap() {}

    record Work(String name, Sizing sizing, DiffSpec spec) {}

    /**
     * What came of it.
     *
     * @param shortened the columns that any kept row names as shortened
     * @param reportBytes the size of a report of all that is kept
     */
    record Done(String name, String algorithm, Tally tally, int rows, List<String> shortened, int reportBytes) {}

    /** Runs {@code java} on {@link #main}. */
    static List<Done> run(String heap, SourceDetails source, List<Work> works) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                Codec.toJson(source).toString()));
        works.forEach(work -> command.add(Codec.toJson(work).toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            List<Done> done = new ArrayList<>();
            for (String line :
                    output.lines().filter(line -> line.startsWith("{")).toList()) {
                done.add(Codec.mapper().readValue(line, Done.class));
            }
            return done;
        } finally {
            process.destroyForcibly();
        }
    }

    /** The source, then one work each, in JSON; prints what came of each. */
    public static void main(String[] arguments) throws Exception {
        SourceDetails source = Codec.mapper().readValue(arguments[0], SourceDetails.class);
        ExecutorService slots = Executors.newFixedThreadPool(SLOTS);
        try {
            List<Callable<Done>> works = new ArrayList<>();
            for (String argument : List.of(arguments).subList(1, arguments.length)) {
                Work work = Codec.mapper().readValue(argument, Work.class);
                works.add(() -> done(work, source));
            }
            for (Future<Done> done : slots.invokeAll(works)) {
                System.out.println(Codec.toJson(done.get()));
            }
        } finally {
            slots.shutdownNow();
        }
    }

    private static Done done(Work work, SourceDetails source) {
        DiffEngine engine = Diffing.engine(work.sizing());
        Diffing.Outcome outcome = Diffing.diff(engine, work.spec(), source, source);
        List<String> shortened = outcome.rows().stream()
                .map(DifferingRow::shortened)
                .flatMap(names -> names == null ? Stream.of() : names.stream())
                .distinct()
                .sorted()
                .toList();
        Report report = new Report.PlanMade(TaskAddress.planning(1, 1), 1, "small", outcome.plan(), outcome.effort());
        Report rows = Report.TaskDone.draft(new TaskAddress(1, 1, 1, 0), 1, "small", outcome.tally(), Effort.NONE)
                .rows(outcome.rows())
                .report();
        return new Done(
                work.name(),
                outcome.plan().algorithm(),
                outcome.tally(),
                outcome.rows().size(),
                shortened,
                Math.max(Codec.encode(report).length, Codec.encode(rows).length));
    }
}
