package io.parallax.engine.postgres.session;

import io.parallax.engine.row.BigEndian;
import io.parallax.engine.row.RowStream;
import io.parallax.engine.session.Cancellation;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/**
 * A query's rows in PostgreSQL's binary COPY format, one at a time as they come; only one is in memory.
 *
 * <p>The format: an 11-byte signature, 32 bits of flags, the length of an extension and the extension; then per row 16
 * bits with the number of fields, and per field its length in 32 bits (-1 for NULL) and its bytes; in the end -1 for
 * a number of fields. The server sends one row a message, which is fast to read but not relied upon.
 */
final class CopyRows implements RowStream {
    private static final int SIGNATURE_AND_FLAGS = 15;
    private static final int END = -1;
    private static final int INCOMPLETE = -1;

    private final CopyOut copy;
    private final Cancellation.Watch watch;
    private final PostgresSession session;
    private final Copies copies;
    private byte[] message = new byte[0];
    private int position;
    private boolean begun;
    private boolean over;

    CopyRows(CopyOut copy, Cancellation.Watch watch, PostgresSession session, Copies copies) {
        this.copy = copy;
        this.watch = watch;
        this.session = session;
        this.copies = copies;
    }

    @Override
    public @Nullable Fields next() {
        session.requireGoing();
        if (over) {
            return null;
        }
        if (!begun) {
            skipHeader();
        }
        int end = rowEnd();
        while (end == INCOMPLETE) {
            readMore();
            end = rowEnd();
        }
        int start = position + Short.BYTES;
        if (BigEndian.int16(message, position) == END) {
            drain();
            return null;
        }
        position = end;
        return new Fields(message, start, end);
    }

    private void skipHeader() {
        while (message.length < SIGNATURE_AND_FLAGS + Integer.BYTES) {
            readMore();
        }
        position = SIGNATURE_AND_FLAGS + Integer.BYTES + BigEndian.int32(message, SIGNATURE_AND_FLAGS);
        begun = true;
    }

    private int rowEnd() {
        int end = position + Short.BYTES;
        if (end > message.length) {
            return INCOMPLETE;
        }
        int fields = BigEndian.int16(message, position);
        for (int field = 0; field < fields; field++) {
            if (end + Integer.BYTES > message.length) {
                return INCOMPLETE;
            }
            end += Integer.BYTES + Math.max(0, BigEndian.int32(message, end));
        }
        return end > message.length ? INCOMPLETE : end;
    }

    private void readMore() {
        byte[] more = read();
        if (more == null) {
            throw new IllegalStateException("the database ended a copy in the middle of a row");
        }
        if (position >= message.length && begun) {
            message = more;
        } else {
            byte[] rest = Arrays.copyOfRange(message, position, message.length + more.length);
            System.arraycopy(more, 0, rest, message.length - position, more.length);
            message = rest;
        }
        position = 0;
    }

    private void drain() {
        while (read() != null) {
            // Nothing comes after the end but the word that it is over.
        }
        over = true;
    }

    private byte @Nullable [] read() {
        try {
            return copy.readFromCopy();
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    /** A copy left in the middle costs its connection: it would send all the rest first. */
    @Override
    public void close() {
        if (!over) {
            over = true;
            session.abandon();
        }
        watch.close();
        copies.ended(this);
    }
}
