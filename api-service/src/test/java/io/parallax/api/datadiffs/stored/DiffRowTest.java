package io.parallax.api.datadiffs.stored;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.Field;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DiffRowTest {
    private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    /** Or it would be null where the others show it. */
    @Test
    void readsEveryFieldOfADiff() {
        assertThat(Arrays.stream(Diff.class.getFields()).map(Field::getName).map(SNAKE_CASE::translate))
                .map(name -> name.replaceFirst("^data_source([12])_id$", "data_source$1_id"))
                .allSatisfy(column -> assertThat(DiffRow.COLUMNS).containsPattern("\\bd\\." + column + "\\b"));
    }
}
