package io.parallax.engine.task;

import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Note;
import io.parallax.contract.tally.Reads;
import io.parallax.contract.tally.Rechecked;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one task counted and what it cost.
 *
 * @param residue what it leaves for the next stage to look into; null for nothing
 * @param rows rows that differ, the lowest ranks of each kind and column; null for none
 * @param rechecked what became of the keys that it read again; null for a task that did not
 * @param timeline what of the tally belongs to which time; null where nobody asked
 * @param batch by what the rows that it has written are known; null when it has written none
 * @param notes what who reads the diff must know; null for nothing
 */
public record Compared(
        Tally tally,
        Effort effort,
        @Nullable Residue residue,
        @Nullable List<DifferingRow> rows,
        @Nullable Rechecked rechecked,
        @Nullable Timeline timeline,
        @Nullable String batch,
        @Nullable List<Note> notes) {
    public Compared {
        rows = rows == null ? null : List.copyOf(rows);
        notes = notes == null ? null : List.copyOf(notes);
    }

    /** Of a task that leaves nothing, shows nothing and has nothing to note. */
    public static Compared of(Tally tally, Effort effort) {
        return new Compared(tally, effort, null, null, null, null, null, null);
    }

    /** The same, with this of its tally. */
    public Compared counting(Tally part) {
        return new Compared(part, effort, residue, rows, rechecked, timeline, batch, notes);
    }

    /** The same, having read this. */
    public Compared reading(Reads reads) {
        return new Compared(tally, effort.reading(reads), residue, rows, rechecked, timeline, batch, notes);
    }

    /** The same, leaving this for the next stage. */
    public Compared leaving(Residue left) {
        return new Compared(tally, effort, left, rows, rechecked, timeline, batch, notes);
    }

    /** The same, with some of the rows that differ; null for none. */
    public Compared showing(@Nullable List<DifferingRow> some) {
        return new Compared(tally, effort, residue, some, rechecked, timeline, batch, notes);
    }

    /** The same, having read keys again. */
    public Compared rechecking(Rechecked keys) {
        return new Compared(tally, effort, residue, rows, keys, timeline, batch, notes);
    }

    /** The same by time; null where nobody asked. */
    public Compared by(@Nullable Timeline times) {
        return new Compared(tally, effort, residue, rows, rechecked, times, batch, notes);
    }

    /** The same, having written this; null for nothing. */
    public Compared writing(@Nullable String written) {
        return new Compared(tally, effort, residue, rows, rechecked, timeline, written, notes);
    }

    /** The same, with this to note. */
    public Compared noting(List<Note> all) {
        return new Compared(tally, effort, residue, rows, rechecked, timeline, batch, all.isEmpty() ? notes : all);
    }
}
