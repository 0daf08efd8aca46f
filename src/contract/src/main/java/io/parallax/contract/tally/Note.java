package io.parallax.contract.tally;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that who reads a diff must know, in the words of who found it. Notes of the same words add up, in any order.
 *
 * @param one a whole sentence; where it counts, what follows "1"
 * @param several what follows any other number; null where nothing is counted
 * @param count null where nothing is counted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Note(String one, @Nullable String several, @Nullable Long count) {
    public Note {
        if (one.isBlank() || (several == null) != (count == null)) {
            throw new IllegalArgumentException("a note is a sentence, which counts or does not");
        }
    }

    /** That counts nothing. */
    public static Note of(String sentence) {
        return new Note(sentence, null, null);
    }

    /** That counts: "1" and {@code one}, or the number and {@code several}, make a sentence. */
    public static Note counting(long count, String one, String several) {
        return new Note(one, several, count);
    }

    /** A whole sentence. */
    public String sentence() {
        if (count == null) {
            return one;
        }
        return count + " " + (count == 1 ? one : several);
    }

    private Note plus(Note other) {
        return count == null || other.count == null ? this : new Note(one, several, count + other.count);
    }

    private Note orMore(Note other) {
        return count == null || other.count == null || count >= other.count ? this : other;
    }

    private Note uncounted() {
        return count == null ? this : new Note(one, several, 0L);
    }

    /** Of all of them, each wording once, counts added up; in the order of their first. */
    public static List<Note> sum(Stream<Note> notes) {
        Map<Note, Note> sums = new LinkedHashMap<>();
        notes.forEach(note -> sums.merge(note.uncounted(), note, Note::plus));
        return List.copyOf(sums.values());
    }

    /** Of two looks at the same rows: each wording once, with the larger count. */
    public static List<Note> either(List<Note> some, List<Note> others) {
        Map<Note, Note> all = new LinkedHashMap<>();
        Stream.concat(some.stream(), others.stream()).forEach(note -> all.merge(note.uncounted(), note, Note::orMore));
        return List.copyOf(all.values());
    }
}
