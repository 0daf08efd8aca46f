package io.parallax.engine.compare.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Codec;
import io.parallax.contract.Topics;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Effort;
import io.parallax.engine.row.Row;
import io.parallax.engine.row.RowStream;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Side;
import io.parallax.engine.task.SidePlan;
import io.parallax.engine.type.WireForm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However long rows are, a report has room for some of them and no more than that. */
class LargestReportTest {
    private static final int COLUMNS = 1599;

    /** The tally. */
    private static final int REST = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "𝄞", "\u0001", "\""})
    void keepsSomeRowsOfManyLongValues(String character) {
        DifferenceCollector differences = findings();
        for (int key = 0; key < 50; key++) {
            differences.shared(group(key, character.repeat(999) + "a"), group(key, character.repeat(999) + "b"));
            differences.exclusive(Side.A, group(1000 + key, character.repeat(1001)));
        }

        List<DifferingRow> rows = differences.rows();

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.values()).hasSize(COLUMNS);
            assertThat(row.shortened()).hasSize(COLUMNS).doesNotContain("id");
        });
        byte[] report = Codec.encode(Report.TaskDone.draft(
                        new TaskAddress(1, 1, 1, 0),
                        1,
                        "worker",
                        differences.counts().tally(),
                        Effort.NONE)
                .rows(rows)
                .report());
        assertThat(report.length).isLessThan(SampleRows.MOST_BYTES + REST).isLessThan(Topics.MAX_RECORD_BYTES);
    }

    private static DifferenceCollector findings() {
        WireColumn id = new WireColumn("", WireForm.INT4, "", null);
        WireColumn text = new WireColumn("", WireForm.TEXT, "", true);
        SidePlan side = new SidePlan(
                "",
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(id),
                Collections.nCopies(COLUMNS, text),
                List.of(),
                List.of(),
                false,
                null,
                null,
                null,
                null,
                null);
        List<String> names = IntStream.range(0, COLUMNS)
                .mapToObj(i -> "x".repeat(59) + (1000 + i))
                .toList();
        return new DifferenceCollector(new PlanContext(
                side, side, List.of("id"), names, "CHAIN", true, false, null, null, null, null, null, null, null));
    }

    private static KeyGroups.Group group(int key, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        ByteBuffer row = ByteBuffer.allocate(8 + COLUMNS * (4 + bytes.length));
        row.putInt(4).putInt(key);
        for (int column = 0; column < COLUMNS; column++) {
            row.putInt(bytes.length).put(bytes);
        }
        return new KeyGroups.Group(Row.of(new RowStream.Fields(row.array(), 0, row.position()), 1), List.of(), 1);
    }
}
