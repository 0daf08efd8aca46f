package io.parallax.engine.compare.rows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleRowsTest {
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int COLUMNS = 3;

    private final Random random = new Random(7);

    /** One row, and the columns in which it differs. */
    private record Offer(DifferingRow row, boolean[] differs) {
        Kind kind() {
            return row.kind();
        }

        boolean inColumn(int column) {
            return kind() == Kind.VALUE && differs[column];
        }

        void to(SampleRows samples) {
            if (kind() == Kind.VALUE) {
                samples.offer(row.rank(), differs, () -> row);
            } else {
                samples.offer(kind(), row.rank(), () -> row);
            }
        }
    }

    private static DifferingRow row(Kind kind, long rank, int id) {
        return new DifferingRow(kind, rank, object().put("id", id), object());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static List<Long> ranks(SampleRows samples) {
        return samples.rows().stream().map(DifferingRow::rank).toList();
    }

    @Test
    void keepsTheLowestRanksOfEachKind() {
        SampleRows samples = new SampleRows(0, 2, UNBOUNDED);
        LongStream.of(5, Long.MIN_VALUE, 3, Long.MAX_VALUE, 4)
                .forEach(rank -> samples.offer(Kind.EXCLUSIVE1, rank, () -> row(Kind.EXCLUSIVE1, rank, 0)));
        samples.offer(Kind.DUPLICATE2, Long.MAX_VALUE, () -> row(Kind.DUPLICATE2, Long.MAX_VALUE, 0));

        assertThat(ranks(samples)).containsExactly(Long.MIN_VALUE, 3L, Long.MAX_VALUE);
        assertThat(samples.rows()).last().extracting(DifferingRow::kind).isEqualTo(Kind.DUPLICATE2);
    }

    @Test
    void keepsARowWhileItsKindOrAColumnWantsIt() {
        // Given one place each
        SampleRows samples = new SampleRows(2, 1, UNBOUNDED);
        offerValue(samples, 9, true, true);
        offerValue(samples, 5, true, false);
        assertThat(ranks(samples)).as("9 for the second column").containsExactly(5L, 9L);

        // When
        offerValue(samples, 7, false, true);

        // Then
        assertThat(ranks(samples)).containsExactly(5L, 7L);
        offerValue(samples, 1, true, true);
        assertThat(ranks(samples)).containsExactly(1L);
    }

    private static void offerValue(SampleRows samples, long rank, boolean... differs) {
        samples.offer(rank, differs, () -> row(Kind.VALUE, rank, 0));
    }

    @Test
    void keepsTheFirstOfOneRank() {
        SampleRows samples = new SampleRows(0, 3, UNBOUNDED);
        IntStream.range(0, 5).forEach(id -> samples.offer(Kind.DUPLICATE1, 8, () -> row(Kind.DUPLICATE1, 8, id)));
        samples.offer(Kind.DUPLICATE1, 2, () -> row(Kind.DUPLICATE1, 2, 77));

        assertThat(samples.rows().stream().map(row -> row.key().get("id").intValue()))
                .containsExactly(77, 0, 1);
    }

    @Test
    void makesNoRowThatIsNotKept() {
        SampleRows samples = new SampleRows(1, 1, UNBOUNDED);
        offerValue(samples, 1, true);

        samples.offer(2, new boolean[] {true}, () -> {
            throw new AssertionError("made in vain");
        });
        samples.offer(1, new boolean[] {true}, () -> {
            throw new AssertionError("made in vain");
        });
        new SampleRows(1, 0, UNBOUNDED).offer(Kind.EXCLUSIVE1, 1, () -> {
            throw new AssertionError("made in vain");
        });
    }

    @Test
    void givesUpTheHighestRanksBeyondItsBytes() {
        // Given rows of about 1.1 KB
        String text = "ü".repeat(500);
        SampleRows samples = new SampleRows(0, 100, 10_000);
        List<Long> ranks = new ArrayList<>(LongStream.range(0, 50).boxed().toList());
        Collections.shuffle(ranks, random);

        // When
        ranks.forEach(rank -> samples.offer(
                rank % 2 == 0 ? Kind.EXCLUSIVE1 : Kind.DUPLICATE1,
                rank,
                () -> new DifferingRow(Kind.EXCLUSIVE1, rank, object().put("id", text), object())));

        // Then
        assertThat(Codec.encode(Map.of("rows", samples.rows()))).hasSizeBetween(8_000, 10_000);
        assertThat(ranks(samples))
                .isEqualTo(LongStream.range(0, samples.rows().size()).boxed().toList());
        samples.offer(Kind.EXCLUSIVE2, 49, () -> {
            throw new AssertionError("made in vain");
        });
    }

    @Test
    void oneRowThatIsTooLargeIsNotKept() {
        SampleRows samples = new SampleRows(0, 10, 100);
        samples.offer(
                Kind.EXCLUSIVE1,
                Long.MIN_VALUE,
                () -> new DifferingRow(Kind.EXCLUSIVE1, Long.MIN_VALUE, object().put("id", "x".repeat(101)), object()));
        assertThat(samples.rows()).isEmpty();
    }

    @Test
    void keepsWhatBruteForceSelectsHoweverTasksAreCut() {
        for (int trial = 0; trial < 300; trial++) {
            int most = 1 + random.nextInt(8);
            List<Offer> offers = offers(random.nextInt(120));

            List<DifferingRow> expected = bruteForce(offers, most);

            assertThat(collected(offers, most)).isEqualTo(expected);
            assertThat(collectedInParts(offers, most)).isEqualTo(expected);
        }
    }

    /** Ranks are few, so that they collide; each belongs to one kind's one key. */
    private List<Offer> offers(int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> {
                    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
                    long rank = random.nextInt(40) * 10L + kind.ordinal();
                    boolean[] differs = new boolean[COLUMNS];
                    for (int column = 0; column < COLUMNS; column++) {
                        differs[column] = random.nextInt(column + 2) == 0;
                    }
                    return new Offer(row(kind, rank, id), differs);
                })
                .toList();
    }

    private static List<DifferingRow> collected(List<Offer> offers, int most) {
        SampleRows samples = new SampleRows(COLUMNS, most, UNBOUNDED);
        offers.forEach(offer -> offer.to(samples));
        return samples.rows();
    }

    /** Rows of one rank are of one task. */
    private List<DifferingRow> collectedInParts(List<Offer> offers, int most) {
        int parts = 1 + random.nextInt(5);
        int salt = random.nextInt(100);
        Map<DifferingRow, Offer> byRow = new HashMap<>();
        offers.forEach(offer -> byRow.put(offer.row(), offer));
        List<List<DifferingRow>> tasks = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int mine = part;
            tasks.add(collected(
                    offers.stream()
                            .filter(offer -> (offer.row().rank() + salt) * 31 % 101 % parts == mine)
                            .toList(),
                    most));
        }
        Collections.shuffle(tasks, random);
        return collected(tasks.stream().flatMap(List::stream).map(byRow::get).toList(), most);
    }

    private static List<DifferingRow> bruteForce(List<Offer> offers, int most) {
        List<Offer> ordered = offers.stream()
                .sorted(Comparator.comparingLong(offer -> offer.row().rank()))
                .toList();
        Set<Offer> wanted = new HashSet<>();
        for (Kind kind : Kind.values()) {
            ordered.stream().filter(offer -> offer.kind() == kind).limit(most).forEach(wanted::add);
        }
        for (int column = 0; column < COLUMNS; column++) {
            int differing = column;
            ordered.stream()
                    .filter(offer -> offer.inColumn(differing))
                    .limit(most)
                    .forEach(wanted::add);
        }
        return ordered.stream().filter(wanted::contains).map(Offer::row).toList();
    }
}
