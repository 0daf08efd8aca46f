package io.parallax.api.datasources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.Field;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DataSourceRowTest {
    private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    /** Or it would be null where the others show it. */
    @Test
    void readsEveryFieldOfASource() {
        assertThat(Arrays.stream(DataSource.class.getFields())
                        .map(Field::getName)
                        .map(SNAKE_CASE::translate))
                .allSatisfy(column -> assertThat(DataSourceRow.BY_ID).containsPattern("\\b" + column + "\\b"));
    }
}
