package io.parallax.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.bench.table.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlTest {
    @ParameterizedTest
    @EnumSource
    void everyShapeHasItsTableAndRows(Shape shape) {
        assertThat(Sql.read("table-" + shape + ".sql")).contains("CREATE TABLE :table");
        assertThat(Sql.read("rows-" + shape + ".sql")).contains(":delta", ":numbers");
    }

    @ParameterizedTest
    @EnumSource
    void everyShapeHasItsFloors(Shape shape) {
        assertThat(Sql.read("h-" + shape + ".sql")).contains("FROM :table").doesNotContain("GROUP BY");
        assertThat(Sql.read("g-" + shape + ".sql")).contains("FROM :table", "GROUP BY 1");
        assertThat(Sql.read("c-" + shape + ".sql"))
                .contains("FROM :table ORDER BY " + String.join(", ", shape.key()) + ")", "(FORMAT binary)");
    }
}
