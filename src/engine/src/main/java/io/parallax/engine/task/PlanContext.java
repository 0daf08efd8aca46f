package io.parallax.engine.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallax.contract.Hints.Search;
import io.parallax.contract.tally.Tally;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all tasks of a plan share.
 *
 * @param keyNames the key's columns
 * @param valueNames the compared columns
 * @param hashing the hash that both sides' databases agree on; null where they have none in common, and all rows are read
 * @param unique true when one side's database promises that no key occurs twice
 * @param together true when both sides are in one database, whose keys are promised to be unique on both, so that it
 *     can compare them itself
 * @param snapshots null when each task may see the sides as they are when it runs
 * @param pieces how the sides are cut physically; null when they are not
 * @param rules when values of each compared column count as equal besides; null where none do
 * @param search what the tasks of key ranges begin with; null for what seems the cheapest
 * @param pass null when its tasks count keys and values
 * @param multisets true when the rows of repeated keys are compared, too; null means no
 * @param staging where rows that differ are written to; null for nowhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanContext(
        SidePlan a,
        SidePlan b,
        List<String> keyNames,
        List<String> valueNames,
        @Nullable String hashing,
        boolean unique,
        boolean together,
        @Nullable Snapshots snapshots,
        @Nullable Pieces pieces,
        @Nullable List<ValueRule> rules,
        @Nullable Search search,
        @Nullable CountingPhase pass,
        @Nullable Boolean multisets,
        @Nullable Staging staging) {
    /** What differs is told by a bit for each column where the database compares, and two numbers without any. */
    public static final int MOST_JOINED_COLUMNS = 60;

    public PlanContext {
        keyNames = List.copyOf(keyNames);
        valueNames = List.copyOf(valueNames);
        rules = rules == null ? null : List.copyOf(rules);
    }

    /**
     * The physical parts of both sides, at least one each.
     *
     * @param cheaper the side whose keys are cheaper to group
     */
    public record Pieces(List<Pages> a, List<Pages> b, Side cheaper) {
        public Pieces {
            a = List.copyOf(a);
            b = List.copyOf(b);
        }

        /** The parts of one side. */
        public List<Pages> of(Side side) {
            return side == Side.A ? a : b;
        }
    }

    /** The same on other snapshots. */
    public PlanContext on(Snapshots others) {
        return new PlanContext(
                a,
                b,
                keyNames,
                valueNames,
                hashing,
                unique,
                together,
                others,
                pieces,
                rules,
                search,
                pass,
                multisets,
                staging);
    }

    /** Whether the rows of repeated keys are compared, too. */
    public boolean comparesRepeated() {
        return Boolean.TRUE.equals(multisets);
    }

    /** What is left of a tally of keys and values. */
    public Tally counting(Tally tally) {
        return pass == null ? tally : pass.counting(tally);
    }

    /** One of the sides. */
    public SidePlan side(Side which) {
        return which == Side.A ? a : b;
    }
}
