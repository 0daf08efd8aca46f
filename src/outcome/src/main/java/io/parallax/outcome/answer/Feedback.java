package io.parallax.outcome.answer;

import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.outcome.DiffResult;
import io.parallax.outcome.DiffStatus;
import io.parallax.outcome.Outcome;
import io.parallax.outcome.PartialCoverage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a diff found, in plain words. */
public final class Feedback {
    private static final int MOST_NAMES = 5;
    private static final int MOST_NOTES = 5;

    private final Outcome outcome;
    private final Tally tally;
    private final boolean repeatedToo;
    private final List<String> notes;
    private final List<String> sentences = new ArrayList<>();

    private Feedback(Outcome outcome, boolean repeatedToo, List<String> notes) {
        this.outcome = outcome;
        this.repeatedToo = repeatedToo;
        this.notes = notes;
        this.tally = outcome.tally();
    }

    /**
     * Of a diff that is done.
     *
     * @param repeatedToo whether rows with a repeated key were compared
     * @param notes what its reader must know, in sentences
     */
    public static String of(Outcome outcome, boolean repeatedToo, List<String> notes) {
        return new Feedback(outcome, repeatedToo, notes).sentences();
    }

    /** Of one that is not: {@code error} is why it failed, where it did. */
    public static String of(DiffStatus status, @Nullable String error) {
        return switch (status) {
            case WAITING, QUEUED -> "The diff waits for a worker.";
            case PROCESSING -> "The diff is running.";
            case FAILED -> "The diff failed: " + error;
            case CANCELLED -> "The diff was cancelled.";
            case DONE -> throw new IllegalArgumentException("a diff that is done has an outcome");
        };
    }

    private String sentences() {
        PartialCoverage coverage = outcome.coverage();
        if (coverage != null) {
            sentences.add("The diff ended early, by " + coverage.reason() + ", when " + coverage.tasksDone() + " of "
                    + coverage.tasks() + " tasks were done; what follows is of that part.");
        }
        keys();
        values();
        columns();
        badKeys();
        notes();
        return String.join(" ", sentences);
    }

    private void keys() {
        Sides only = tally.exclusives();
        if (outcome.result() == DiffResult.EMPTY) {
            sentences.add("Neither side has a row.");
        } else if (outcome.result() == DiffResult.IDENTICAL && outcome.sample() == null) {
            sentences.add("Both sides have the same " + count(tally.totalRows().a(), "row") + ".");
        } else if (only.sum() > 0) {
            sentences.add(count(only.a(), "key") + (only.a() == 1 ? " is" : " are") + " on side A only and "
                    + count(only.b(), "key") + " on side B only.");
        } else {
            sentences.add("Both sides have the same " + count(tally.distincts().a(), "key") + ".");
        }
    }

    private void values() {
        if (tally.rowsWithDifferences() == 0) {
            boolean isSaid = outcome.result() == DiffResult.IDENTICAL && outcome.sample() == null;
            if (!isSaid && outcome.result() != DiffResult.EMPTY) {
                sentences.add("No value differs in the " + count(tally.comparedRows(), "row") + " that were compared"
                        + (outcome.sample() == null ? "." : ", a sample."));
            }
            return;
        }
        List<String> names = IntStream.range(0, outcome.comparedColumns())
                .filter(column -> tally.differencesPerColumn().get(column) > 0)
                .mapToObj(column -> outcome.comparison().comparedColumns().get(column))
                .toList();
        sentences.add("Of " + count(tally.comparedRows(), outcome.sample() == null ? "compared row" : "sampled row")
                + ", " + tally.rowsWithDifferences() + (tally.rowsWithDifferences() == 1 ? " differs" : " differ")
                + ", in " + listed(names) + ".");
    }

    private void columns() {
        SchemaComparison schema = outcome.comparison().schema();
        if (!schema.onlyA().isEmpty()) {
            sentences.add("Only side A has " + listed(schema.onlyA()) + ".");
        }
        if (!schema.onlyB().isEmpty()) {
            sentences.add("Only side B has " + listed(schema.onlyB()) + ".");
        }
        if (!schema.typeDiffers().isEmpty()) {
            sentences.add("The types of " + listed(schema.typeDiffers()) + " cannot be compared.");
        }
    }

    private void badKeys() {
        if (tally.nulls().sum() > 0) {
            sentences.add(count(tally.nulls().sum(), "row") + " with a NULL in the key matched nothing.");
        }
        if (tally.dupes().sum() > 0) {
            sentences.add(count(tally.dupes().sum(), "row")
                    + " with a key that occurs more than once were "
                    + (repeatedToo
                            ? "compared as far as both sides have any."
                            : "left out of the comparison of values."));
        }
    }

    private void notes() {
        sentences.addAll(notes.subList(0, Math.min(MOST_NOTES, notes.size())));
        if (notes.size() > MOST_NOTES) {
            sentences.add("The diff has " + count(notes.size() - MOST_NOTES, "more note") + ".");
        }
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String listed(List<String> names) {
        String some = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() <= MOST_NAMES ? some : some + " and " + (names.size() - MOST_NAMES) + " more columns";
    }
}
