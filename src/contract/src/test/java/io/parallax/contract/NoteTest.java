package io.parallax.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.tally.Note;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NoteTest {
    private static final Note PLAIN = Note.of("Row security is active.");

    private static Note odd(long count) {
        return Note.counting(count, "value was odd.", "values were odd.");
    }

    @Test
    void isASentence() {
        assertThat(Stream.of(PLAIN, odd(0), odd(1), odd(3)).map(Note::sentence))
                .containsExactly(
                        "Row security is active.", "0 values were odd.", "1 value was odd.", "3 values were odd.");
        assertThatThrownBy(() -> new Note("value", "values", null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addsUp() {
        Note other = Note.counting(7, "value was even.", "values were even.");

        assertThat(Note.sum(Stream.of(PLAIN, odd(2), other, PLAIN, odd(3)))).containsExactly(PLAIN, odd(5), other);
    }

    @Test
    void isNotCountedTwiceWhereTheSameRowsWereSeenTwice() {
        assertThat(Note.either(List.of(PLAIN, odd(2)), List.of(odd(3), PLAIN))).containsExactly(PLAIN, odd(3));
        assertThat(Note.either(List.of(odd(4)), List.of(odd(3)))).containsExactly(odd(4));
    }
}
