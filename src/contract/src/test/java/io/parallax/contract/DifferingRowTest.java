package io.parallax.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferingRowTest {
    @Test
    void keepsEveryDigitOnItsWay() throws Exception {
        // Given numbers that no double holds
        String json = "{\"v\":{\"a\":12345678901234567890.12345678901234567890,\"b\":1.50}}";
        ObjectNode values = (ObjectNode) Codec.mapper().readTree(json);
        ObjectNode key = Codec.mapper().createObjectNode().put("id", Long.MAX_VALUE);

        // When
        byte[] message =
                Codec.encode(Report.TaskDone.draft(new TaskAddress(7, 1, 1, 0), 1, "w1", Tally.zero(1), Effort.NONE)
                        .rows(List.of(new DifferingRow(DifferingRow.Kind.VALUE, 1, key, values)))
                        .report());

        // Then
        List<DifferingRow> rows = Codec.decode(message, Report.TaskDone.class).rows();
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).values()).hasToString(json);
        assertThat(rows.get(0).key()).hasToString("{\"id\":9223372036854775807}");
    }
}
