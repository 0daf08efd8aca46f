package io.parallax.engine.row;

import org.jspecify.annotations.Nullable;

/** A query's rows in the row format, one at a time as they come; may be closed before the last one. */
public interface RowStream extends AutoCloseable {
    /** The next row; null when there is none. */
    @Nullable
    Fields next();

    @Override
    void close();

    /**
     * One row.
     *
     * @param bytes a buffer that nobody changes any more
     * @param start where its first field begins: its length in 32 bits, then its bytes
     * @param end after its last field
     */
    record Fields(byte[] bytes, int start, int end) {}
}
