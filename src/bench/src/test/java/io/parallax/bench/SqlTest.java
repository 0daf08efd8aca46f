package io.parallax.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.bench.table.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlTest {
    @ParameterizedTest
    @EnumSource
    void everyShapeHasItsTableAndRows(Shape shape) {
        assertThat(Sql.read("table-" + shape.files() + ".sql")).contains("CREATE TABLE :table");
        assertThat(Sql.read("rows-" + shape.files() + ".sql")).contains(":delta", ":numbers");
    }

    @ParameterizedTest
    @EnumSource
    void everyShapeHasItsFloors(Shape shape) {
        assertThat(Sql.read("h-" + shape.files() + ".sql"))
                .contains("FROM :table")
                .doesNotContain("GROUP BY");
        assertThat(Sql.read("g-" + shape.files() + ".sql")).contains("FROM :table", "GROUP BY 1");
        assertThat(Sql.read("c-" + shape.files() + ".sql"))
                .contains("FROM :table ORDER BY " + String.join(", ", shape.key()) + ")", "(FORMAT binary)");
    }
}
