package io.parallax.engine.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.tally.Sides;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaMatchTest {
    private static final Dataset TABLE = new Dataset(List.of("t"), null, null);

    private final DescribedDataset a = dataset("id int8", "name text", "born date", "only_a bool", "x int4");
    private final DescribedDataset b = dataset("x text", "name varchar", "id numeric", "born date", "only_b bool");

    @Test
    void pairsColumnsOfOneNameAndFamily() {
        SchemaMatch match = SchemaMatch.of(a, b, spec(List.of("id"), List.of(), List.of()));

        assertThat(match.key()).extracting(ColumnPair::name).containsExactly("id");
        assertThat(match.compared()).extracting(ColumnPair::name).containsExactly("name", "born");
        assertThat(match.comparison())
                .isEqualTo(new SchemaComparison(
                        Sides.of(5, 5), Sides.of(2, 2), List.of("x"), 2, List.of("only_a"), List.of("only_b")));
    }

    @Test
    void excludesColumnsButNeverTheKey() {
        SchemaMatch match = SchemaMatch.of(a, b, spec(List.of("id"), List.of(), List.of("id", "name", "only_b")));

        assertThat(match.key()).hasSize(1);
        assertThat(match.compared()).extracting(ColumnPair::name).containsExactly("born");
        assertThat(match.comparison().columnCounts()).isEqualTo(Sides.of(4, 3));
        assertThat(match.comparison().onlyB()).isEmpty();
    }

    @Test
    void includeWinsOverExclude() {
        SchemaMatch match = SchemaMatch.of(a, b, spec(List.of("id"), List.of("name", "only_a"), List.of("name")));

        assertThat(match.compared()).extracting(ColumnPair::name).containsExactly("name");
        assertThat(match.comparison().columnCounts()).isEqualTo(Sides.of(3, 2));
        assertThat(match.comparison().onlyA()).containsExactly("only_a");
    }

    @Test
    void namesAMissingKeyColumnAndItsSide() {
        assertFails(spec(List.of("only_a"), List.of(), List.of()), ErrorType.NO_SUCH_COLUMN, "only_a", "side B");
        assertFails(spec(List.of("ID"), List.of(), List.of()), ErrorType.NO_SUCH_COLUMN, "side A", "there is id");
    }

    @Test
    void refusesKeysOfDifferentFamilies() {
        assertFails(spec(List.of("x"), List.of(), List.of()), ErrorType.TYPE_MISMATCH, "number", "text");
    }

    @Test
    void refusesColumnsThatNeitherSideHas() {
        assertFails(spec(List.of("id"), List.of("nmae"), List.of()), ErrorType.NO_SUCH_COLUMN, "nmae");
        assertFails(spec(List.of("id"), List.of(), List.of("Name")), ErrorType.NO_SUCH_COLUMN, "there is name");
    }

    @Test
    void takesAKeyNamedTwiceForOne() {
        assertThat(SchemaMatch.of(a, b, spec(List.of("id", "id"), List.of(), List.of()))
                        .key())
                .hasSize(1);
    }

    private void assertFails(DiffSpec spec, ErrorType type, String... words) {
        assertThatThrownBy(() -> SchemaMatch.of(a, b, spec))
                .hasMessageContainingAll(words)
                .isInstanceOfSatisfying(
                        DiffFailedException.class,
                        e -> assertThat(e.failure().type()).isEqualTo(type));
    }

    private static DiffSpec spec(List<String> key, List<String> include, List<String> exclude) {
        return new DiffSpec(TABLE, TABLE, key, include, exclude);
    }

    private static DescribedDataset dataset(String... columns) {
        return new DescribedDataset(
                "postgres",
                "t",
                null,
                Arrays.stream(columns).map(SchemaMatchTest::column).toList(),
                null);
    }

    private static Column column(String nameAndType) {
        String[] parts = nameAndType.split(" ");
        Family family =
                switch (parts[1]) {
                    case "text", "varchar" -> Family.TEXT;
                    case "date" -> Family.DATE;
                    case "bool" -> Family.BOOLEAN;
                    default -> Family.NUMBER;
                };
        return new Column(parts[0], ColumnType.plain(family, parts[1]), true, Column.NO_MODIFIER, false);
    }
}
