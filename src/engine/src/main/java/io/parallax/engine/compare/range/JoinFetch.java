package io.parallax.engine.compare.range;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.engine.compare.rows.SampleRows;
import io.parallax.engine.compare.tally.TallyBuilder;
import io.parallax.engine.dialect.ShortRanges;
import io.parallax.engine.row.BigEndian;
import io.parallax.engine.row.Row;
import io.parallax.engine.row.RowStream;
import io.parallax.engine.session.Session;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Side;
import io.parallax.engine.type.WireForm;

/** Counts what a join of key ranges says, and chooses the keys whose rows are to be shown. */
final class JoinFetch {
    private static final String KEY = "key";

    private final WireForm keyForm;
    private final boolean[] differs;
    private final TallyBuilder builder;
    private final SampleRows toShow;

    JoinFetch(PlanContext context, TallyBuilder builder) {
        this.keyForm = context.a().keyEncodings().get(0);
        this.differs = new boolean[context.valueNames().size()];
        this.builder = builder;
        this.toShow = new SampleRows(differs.length);
    }

    /** Counts the keys of all ranges. */
    void count(Session session, String differences) {
        try (RowStream copy = session.copy(differences)) {
            for (RowStream.Fields fields = copy.next(); fields != null; fields = copy.next()) {
                count(fields);
            }
        }
    }

    private void count(RowStream.Fields fields) {
        byte[] bytes = fields.bytes();
        int keys = Row.next(bytes, fields.start());
        int differences = Row.next(bytes, keys);
        int rowsA = Row.next(bytes, differences);
        int rowsB = Row.next(bytes, rowsA);
        long onlyA = 0;
        int count = BigEndian.int32(bytes, keys) / Long.BYTES;
        for (int i = 0; i < count; i++) {
            int offset = Integer.BYTES + i * Long.BYTES;
            long difference = BigEndian.int64(bytes, differences + offset);
            onlyA += difference == ShortRanges.ONLY_A ? 1 : 0;
            count(BigEndian.int64(bytes, keys + offset), difference);
        }
        long ofA = BigEndian.int64(bytes, rowsA + Integer.BYTES);
        long ofB = BigEndian.int64(bytes, rowsB + Integer.BYTES);
        builder.uniqueKeys(ofA, ofB, ofA - onlyA);
    }

    private void count(long key, long difference) {
        long rank = Row.rank(keyForm, key);
        if (difference == ShortRanges.ONLY_A || difference == ShortRanges.ONLY_B) {
            Side side = difference == ShortRanges.ONLY_A ? Side.A : Side.B;
            builder.exclusive(side);
            Kind kind = side == Side.A ? Kind.EXCLUSIVE1 : Kind.EXCLUSIVE2;
            toShow.offer(kind, rank, () -> named(kind, rank, key));
            return;
        }
        for (int column = 0; column < differs.length; column++) {
            differs[column] = (difference >>> column & 1) == 1;
        }
        builder.differing(differs);
        toShow.offer(rank, differs, () -> named(Kind.VALUE, rank, key));
    }

    private static DifferingRow named(Kind kind, long rank, long key) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        return new DifferingRow(kind, rank, nothing.objectNode().put(KEY, key), nothing);
    }

    /** The keys whose rows are to be shown, each once. */
    long[] toShow() {
        return toShow.rows().stream()
                .mapToLong(row -> row.key().get(KEY).longValue())
                .toArray();
    }
}
