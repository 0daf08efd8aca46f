package io.parallax.outcome;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.parallax.contract.Codec;
import io.parallax.contract.tally.Note;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What who reads a diff must know; a JSON array. */
public record Notes(@JsonValue List<Note> all) {
    public static final Notes NONE = new Notes(List.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Notes {
        all = List.copyOf(all);
    }

    public static Notes of(@Nullable List<Note> notes) {
        return notes == null ? NONE : new Notes(notes);
    }

    /** As the ledger keeps them; null for none. */
    public @Nullable String jsonOrNull() {
        return all.isEmpty() ? null : Codec.text(all);
    }

    /** Those of all tasks of a plan. */
    public static Notes sum(Stream<Notes> notes) {
        return new Notes(Note.sum(notes.flatMap(some -> some.all.stream())));
    }

    /** With those of another look at the same rows. */
    public Notes or(Notes others) {
        return new Notes(Note.either(all, others.all));
    }

    /** As people read them. */
    public List<String> sentences() {
        return all.stream().map(Note::sentence).toList();
    }
}
