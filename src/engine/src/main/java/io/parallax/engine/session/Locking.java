package io.parallax.engine.session;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a session is about to read, to be locked before its snapshot is taken: who waited for a lock with a snapshot in hand
 * would see tables as they never were, such as without the rows that came with the lock's holder.
 *
 * @param tables quoted paths of all that is read, where a LOCK TABLE may do; empty where it may not
 * @param touches statements that lock all that is read, whatever it is, without reading a row
 */
public record Locking(List<String> tables, List<String> touches) {
    /** Of a session that reads no dataset. */
    public static final Locking NONE = new Locking(List.of(), List.of());

    public Locking {
        tables = List.copyOf(tables);
        touches = List.copyOf(touches);
    }

    /** Where a LOCK TABLE may take a name for another one than the session does later. */
    public Locking byTouch() {
        return new Locking(List.of(), touches);
    }

    /** Of one session that reads both. */
    public Locking and(Locking other) {
        return new Locking(
                tables.isEmpty() || other.tables.isEmpty() ? List.of() : both(tables, other.tables),
                both(touches, other.touches));
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    public boolean isNothing() {
        return touches.isEmpty();
    }
}
