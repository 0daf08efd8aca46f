package io.parallax.api.results;

import io.parallax.contract.tally.DifferingRow.Kind;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A row's place in the order in which rows are shown; as a cursor, the row after which a page begins.
 *
 * <p>A cursor is base64url of kind, rank, id and a check of these, the diff and the order of its rows. It opens nothing that its bearer may not
 * read anyway, so it is checked against mistakes, not sealed.
 */
record Position(Kind kind, long rank, long id) {
    /** Before all rows there can be. */
    static final Position START = new Position(Kind.VALUE, Long.MIN_VALUE, 0);

    private static final int BYTES = 1 + Long.BYTES + Long.BYTES;
    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{28}");

    String cursor(long diff, RowOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES + Integer.BYTES)
                .put((byte) kind.ordinal())
                .putLong(rank)
                .putLong(id);
        return Base64.getUrlEncoder()
                .encodeToString(bytes.putInt(check(bytes.array(), diff, order)).array());
    }

    /** The position behind a cursor of this diff's rows in this order; empty when the text is none. */
    static Optional<Position> of(String cursor, long diff, RowOrder order) {
        if (!CURSOR.matcher(cursor).matches()) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        int kind = bytes.get();
        Position position = new Position(
                Kind.values()[Math.floorMod(kind, Kind.values().length)], bytes.getLong(), bytes.getLong());
        return position.cursor(diff, order).equals(cursor) ? Optional.of(position) : Optional.empty();
    }

    private static int check(byte[] bytes, long diff, RowOrder order) {
        CRC32C check = new CRC32C();
        check.update(bytes, 0, BYTES);
        check.update(ByteBuffer.allocate(Long.BYTES).putLong(0, diff));
        if (order == RowOrder.KEY) {
            check.update(1);
        }
        return (int) check.getValue();
    }
}
