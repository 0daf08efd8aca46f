package io.parallax.engine.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnOrderTest {
    @ParameterizedTest
    @CsvSource({"abc,abc,0", "abc,bca,1", "abc,cba,2", "abcd,badc,2", "abcde,eabcd,1", "'','',0", "a,a,0"})
    void countsTheFewestMoves(String one, String other, int moves) {
        assertThat(ColumnOrder.moves(letters(one), letters(other))).isEqualTo(moves);
        assertThat(ColumnOrder.moves(letters(other), letters(one))).isEqualTo(moves);
    }

    private static List<String> letters(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(""));
    }
}
