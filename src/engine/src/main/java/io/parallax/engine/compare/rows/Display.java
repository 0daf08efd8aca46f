package io.parallax.engine.compare.rows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.engine.row.DisplayValue;
import io.parallax.engine.row.DisplayValue.Room;
import io.parallax.engine.row.Row;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Side;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows as people see them. */
public final class Display {
    /** What a row may take of a report that has room for several. */
    private static final int AMPLE_BYTES = SampleRows.MOST_BYTES / 8;

    private final List<String> names;
    private final int keyColumns;
    private final List<WireColumn> columns;

    public Display(PlanContext context) {
        this.names = Stream.concat(context.keyNames().stream(), context.valueNames().stream())
                .toList();
        this.keyColumns = context.keyNames().size();
        this.columns = Stream.concat(context.a().sentKey().stream(), context.a().sentValues().stream())
                .toList();
    }

    /** Two rows of one key; {@code true} for each column to be shown. */
    DifferingRow pair(Row a, Row b, boolean[] differs) {
        return new Picture(Kind.VALUE, a.rank(), a.fields(columns.size()), b.fields(columns.size()), differs).row();
    }

    /** A row of one side, with all its compared columns. */
    DifferingRow single(Kind kind, Side side, Row row) {
        byte[][] fields = row.fields(columns.size());
        return new Picture(kind, row.rank(), side == Side.A ? fields : null, side == Side.B ? fields : null, null)
                .row();
    }

    /** A row's key. */
    public ObjectNode key(Row row) {
        byte[][] fields = row.fields(columns.size());
        return new Picture(Kind.VALUE, row.rank(), fields, null, null).key();
    }

    /** One row in the making; all columns are shown where {@code differs} does not say which. */
    private final class Picture {
        private final Kind kind;
        private final long rank;
        private final byte @Nullable [] @Nullable [] a;
        private final byte @Nullable [] @Nullable [] b;
        private final boolean @Nullable [] differs;
        private final Set<String> shortened = new LinkedHashSet<>();

        Picture(
                Kind kind,
                long rank,
                byte @Nullable [] @Nullable [] a,
                byte @Nullable [] @Nullable [] b,
                boolean @Nullable [] differs) {
            this.kind = kind;
            this.rank = rank;
            this.a = a;
            this.b = b;
            this.differs = differs;
        }

        DifferingRow row() {
            Room room = bytes(a) + bytes(b) > AMPLE_BYTES ? Room.SCANT : Room.AMPLE;
            ObjectNode key = key();
            ObjectNode values = JsonNodeFactory.instance.objectNode();
            for (int column = keyColumns; column < names.size(); column++) {
                if (isShown(column)) {
                    ObjectNode sides = values.putObject(names.get(column));
                    put(sides, "a", column, a, room);
                    put(sides, "b", column, b, room);
                }
            }
            return new DifferingRow(kind, rank, key, values, shortened.isEmpty() ? null : List.copyOf(shortened));
        }

        /** Always with room, as keys are looked for again by what is shown of them. */
        ObjectNode key() {
            ObjectNode key = JsonNodeFactory.instance.objectNode();
            for (int column = 0; column < keyColumns; column++) {
                key.set(names.get(column), shown(column, a == null ? b : a, Room.AMPLE));
            }
            return key;
        }

        private long bytes(byte @Nullable [] @Nullable [] fields) {
            long bytes = 0;
            for (int column = 0; fields != null && column < fields.length; column++) {
                byte[] field = fields[column];
                bytes += field != null && isShown(column) ? field.length : 0;
            }
            return bytes;
        }

        private boolean isShown(int column) {
            return differs == null || column < keyColumns || differs[column - keyColumns];
        }

        private void put(ObjectNode sides, String side, int column, byte @Nullable [] @Nullable [] fields, Room room) {
            if (fields != null) {
                sides.set(side, shown(column, fields, room));
            }
        }

        private JsonNode shown(int column, byte @Nullable [] @Nullable [] fields, Room room) {
            DisplayValue shown = DisplayValue.of(columns.get(column), fields == null ? null : fields[column], room);
            if (shown.shortened()) {
                shortened.add(names.get(column));
            }
            return shown.value();
        }
    }
}
