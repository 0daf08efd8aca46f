package io.parallax.engine.compare.staged;

import io.parallax.contract.Workspace.Table;
import io.parallax.engine.compare.rows.RowTaker;
import io.parallax.engine.row.Row;
import io.parallax.engine.session.WritingSession;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Side;
import io.parallax.engine.task.Staging;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the rows that one execution of a task finds to differ, in one transaction, as one batch. */
public final class DifferenceWriter implements RowTaker, AutoCloseable {
    /** Rows of each table that a task writes where a sample will do. */
    static final int SAMPLE = 1000;

    private static final int BLOCK_BYTES = 1 << 19;
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final byte[] TRUE = {1};
    private static final byte[] FALSE = {0};
    private static final int END = -1;
    private static final int NULL = -1;

    private final StagedTables tables;
    private final int keys;
    private final int columns;
    private final long most;
    private final Supplier<WritingSession> destination;
    private final UUID batch = UUID.randomUUID();
    private final Map<Table, Block> blocks = new EnumMap<>(Table.class);
    private @Nullable WritingSession session;

    /** {@code destination}, which has the tables, is opened with the first row. */
    public DifferenceWriter(
            PlanContext context, Staging staging, StagedTables tables, Supplier<WritingSession> destination) {
        this.tables = tables;
        this.keys = context.keyNames().size();
        this.columns = keys + context.valueNames().size();
        this.most = staging.whole() ? Long.MAX_VALUE : SAMPLE;
        this.destination = destination;
    }

    @Override
    public void exclusive(Side side, Row row) {
        Block block = block(Table.EXCLUSIVES);
        if (block.begin()) {
            block.field(side == Side.A ? TRUE : FALSE);
            block.field(side == Side.B ? TRUE : FALSE);
            block.all(row);
            block.end();
        }
    }

    @Override
    public void differing(Row a, Row b, boolean[] differs) {
        Block block = block(Table.DIFF);
        if (block.begin()) {
            byte[][] ofA = a.fields(columns);
            byte[][] ofB = b.fields(columns);
            for (int i = 0; i < columns; i++) {
                block.field(ofA[i]);
                if (i >= keys) {
                    block.field(ofB[i]);
                    block.field(differs[i - keys] ? TRUE : FALSE);
                }
            }
            block.end();
        }
    }

    /** One of the rows of a key that occurs more than once. */
    public void repeated(Side side, Row row) {
        Block block = block(side == Side.A ? Table.DUPLICATES1 : Table.DUPLICATES2);
        if (block.begin()) {
            block.all(row);
            block.end();
        }
    }

    private Block block(Table table) {
        return blocks.computeIfAbsent(table, Block::new);
    }

    /** Commits; by what the batch is known, null where nothing was written. */
    public @Nullable String commit() {
        blocks.values().forEach(Block::flush);
        if (session == null) {
            return null;
        }
        session.commit();
        return batch.toString();
    }

    private WritingSession session() {
        if (session == null) {
            session = destination.get();
        }
        return session;
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }

    /** Rows of one table on their way, in the row format. */
    private final class Block {
        private final Table table;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream data = new DataOutputStream(bytes);
        private long rows;

        Block(Table table) {
            this.table = table;
        }

        /** Begins a row; false when there are enough of them. */
        boolean begin() {
            if (rows == most) {
                return false;
            }
            rows++;
            writing(() -> {
                if (bytes.size() == 0) {
                    data.write(SIGNATURE);
                    data.writeInt(0);
                    data.writeInt(0);
                }
                data.writeShort(tables.width(table) + 1);
                data.writeInt(2 * Long.BYTES);
                data.writeLong(batch.getMostSignificantBits());
                data.writeLong(batch.getLeastSignificantBits());
            });
            return true;
        }

        void field(byte @Nullable [] field) {
            writing(() -> {
                data.writeInt(field == null ? NULL : field.length);
                if (field != null) {
                    data.write(field);
                }
            });
        }

        void all(Row row) {
            for (byte[] field : row.fields(columns)) {
                field(field);
            }
        }

        void end() {
            if (bytes.size() > BLOCK_BYTES) {
                flush();
            }
        }

        void flush() {
            if (bytes.size() > 0) {
                writing(() -> data.writeShort(END));
                session().copyBinary(tables.staged(table), bytes.toByteArray(), bytes.size());
                bytes.reset();
            }
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void writing(Writing work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all", e);
        }
    }
}
