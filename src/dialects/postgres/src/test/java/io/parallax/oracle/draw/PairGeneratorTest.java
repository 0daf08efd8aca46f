package io.parallax.oracle.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.oracle.Column;
import io.parallax.oracle.Type;
import io.parallax.oracle.draw.TablePair.Side;
import io.parallax.oracle.draw.TablePair.Storage;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PairGeneratorTest {
    private static final List<TablePair> PAIRS = LongStream.range(2_026_000_000L, 2_026_000_500L)
            .mapToObj(PairGenerator::draw)
            .toList();

    @Test
    void drawsTheSamePairFromTheSameSeed() {
        assertThat(PAIRS.stream().limit(50))
                .allSatisfy(pair -> assertThat(PairGenerator.draw(pair.seed())).isEqualTo(pair));
    }

    @Test
    void drawsEveryTypeAsKeyAndAsValue() {
        Set<Type> every =
                Kinds.ALL.stream().flatMap(kind -> kind.types().stream()).collect(Collectors.toSet());
        assertThat(types((pair, column) -> pair.key().contains(column.name()))).containsAll(every);
        assertThat(types((pair, column) -> !pair.key().contains(column.name()))).containsAll(every);
    }

    @Test
    void drawsEveryMutation() {
        assertThat(PAIRS.stream().map(TablePair::story).flatMap(Collection::stream))
                .contains(Mutation.values());
    }

    @Test
    void drawsEveryShapeOfTable() {
        assertThat(sides().map(Side::storage)).contains(Storage.values());
        assertDrawn(pair -> pair.key().size() == 3);
        assertDrawn(pair -> pair.a().rows().isEmpty() && pair.b().rows().isEmpty());
        assertDrawn(pair -> pair.a().rows().isEmpty() && !pair.b().rows().isEmpty());
        assertDrawn(pair -> pair.b().rows().isEmpty() && !pair.a().rows().isEmpty());
        assertDrawn(pair -> pair.a().rows().size() >= 1000);
        assertDrawn(pair -> pair.story().isEmpty());
        assertDrawn(pair -> pair.a().indexes().isEmpty() && !pair.b().indexes().isEmpty());
        assertDrawn(pair -> !pair.a().indexes().isEmpty() && !pair.b().indexes().isEmpty());
        assertDrawn(pair -> pair.a().database() != pair.b().database());
    }

    @Test
    void drawsEveryWayToAsk() {
        assertDrawn(pair -> pair.a().query() != null && pair.b().query() == null);
        assertDrawn(pair -> pair.a().filter() != null && pair.b().filter() != null);
        assertDrawn(pair -> pair.a().view());
        assertDrawn(pair -> pair.a().path().size() == 3);
        assertDrawn(pair -> !pair.include().isEmpty());
        assertDrawn(pair -> !pair.exclude().isEmpty());
    }

    private static void assertDrawn(Predicate<TablePair> shape) {
        assertThat(PAIRS).anyMatch(shape);
    }

    private static Stream<Side> sides() {
        return PAIRS.stream().flatMap(pair -> Stream.of(pair.a(), pair.b()));
    }

    private static Set<Type> types(java.util.function.BiPredicate<TablePair, Column> wanted) {
        return PAIRS.stream()
                .flatMap(pair -> Stream.of(pair.a(), pair.b())
                        .flatMap(side -> side.columns().stream().filter(column -> wanted.test(pair, column))))
                .map(Column::type)
                .collect(Collectors.toSet());
    }
}
