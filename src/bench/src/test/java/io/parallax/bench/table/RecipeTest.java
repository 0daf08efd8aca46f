package io.parallax.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecipeTest {
    private static final RowCount COUNT = new RowCount(100_000);

    @ParameterizedTest
    @EnumSource
    void leavesNoPlaceholder(Shape shape) {
        for (Variant variant : Variant.values()) {
            Recipe recipe = new Recipe(new Table(shape, COUNT, variant));
            assertThat(Stream.of(recipe.making(), recipe.changing(), recipe.settling())
                            .flatMap(statements -> statements.stream()))
                    .isNotEmpty()
                    .noneMatch(sql -> sql.matches("(?s).*[^:]:(table|delta|numbers|last)\\b.*"));
        }
    }

    @Test
    void changesScatteredRowsAfterwards() {
        Recipe recipe = new Recipe(new Table(Shape.COMPOSITE, COUNT, Variant.SCATTERED));

        assertThat(recipe.changing())
                .hasSize(4)
                .first()
                .asString()
                .startsWith(
                        "DELETE FROM bench.composite_100k_scattered WHERE (customer, line) IN (SELECT customer, line");
    }

    @Test
    void changesTheOthersAsTheyAreMade() {
        assertThat(new Recipe(new Table(Shape.RATING, COUNT, Variant.EVERY_ROW)).changing())
                .isEmpty();
        assertThat(new Recipe(new Table(Shape.RATING, COUNT, Variant.ONE_PERCENT)).making())
                .anyMatch(sql -> sql.contains("(g / 154 + 1)::int + CASE WHEN"));
    }
}
