package io.parallax.api.datadiffs.answer;

import io.parallax.api.datadiffs.stored.Diff;
import io.parallax.api.datadiffs.stored.StoredDiff;
import io.parallax.outcome.DiffStatus;
import io.parallax.outcome.answer.Feedback;
import io.parallax.outcome.answer.FinishedDiff;
import io.parallax.outcome.answer.MaterializedResults;
import io.parallax.outcome.answer.SummaryResults;
import io.parallax.text.TextDialects;
import org.jspecify.annotations.Nullable;

/** What a stored diff comes to, as clients are shown it. */
public final class StoredAnswers {
    /** That of plans which do not say what their sources speak: so far there is no other. */
    private static final String APPLICATION = TextDialects.ofOldPlans().name();

    private StoredAnswers() {}

    /** {@code timeline}: JSON of the diff's timeline; null where it has none. */
    public static SummaryResults summary(Diff diff, @Nullable String timeline) {
        return switch (diff.status()) {
            case WAITING, QUEUED, PROCESSING -> SummaryResults.unfinished(diff.status());
            case FAILED, CANCELLED -> SummaryResults.failed(diff.status(), fault(diff));
            case DONE -> SummaryResults.of(new FinishedDiff(
                    StoredDiff.outcome(diff),
                    new FinishedDiff.Sources(diff.dataSource1Id, diff.dataSource2Id, APPLICATION),
                    StoredDiff.reads(diff),
                    StoredDiff.recheck(diff),
                    StoredDiff.timeline(diff, timeline),
                    MaterializedResults.of(
                            StoredDiff.workspace(diff),
                            diff.destinationId,
                            diff.purged,
                            Boolean.TRUE.equals(diff.rowsComplete))));
        };
    }

    /** In plain words. */
    public static String feedback(Diff diff) {
        return diff.status() == DiffStatus.DONE
                ? Feedback.of(
                        StoredDiff.outcome(diff),
                        Boolean.TRUE.equals(StoredDiff.request(diff).equality().compareDuplicates()),
                        StoredDiff.notes(diff))
                : Feedback.of(diff.status(), diff.errorMessage);
    }

    public static SummaryResults.Fault fault(Diff diff) {
        return SummaryResults.Fault.of(diff.errorType, diff.errorMessage);
    }
}
