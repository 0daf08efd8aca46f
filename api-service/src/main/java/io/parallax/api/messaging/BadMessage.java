package io.parallax.api.messaging;

import com.fasterxml.jackson.core.JacksonException;
import io.parallax.api.problems.StoreOutage;
import io.parallax.contract.UnreadableMessageException;
import io.vertx.sqlclient.DatabaseException;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a failure says that a message is bad: it cannot be read, or it is not valid. Nothing else does; nobody can tell all the
 * ways in which a store or Kafka can be away.
 */
public final class BadMessage {
    /** What the store says of values: how many, which, whether they fit together, how large they are. */
    private static final Set<String> OF_VALUES = Set.of("21", "22", "23", "54");

    private static final int CLASS = 2;

    private BadMessage() {}

    /** It cannot be read or is not valid. */
    public static boolean caused(Throwable failure) {
        return !StoreOutage.caused(failure) && any(failure, BadMessage::isBad);
    }

    /** It is not valid as things are; another try may tell otherwise, as two may be in each other's way. */
    static boolean mayBe(Throwable failure) {
        return caused(failure) && !(failure instanceof UnreadableMessageException);
    }

    /** The bytes of a message; none of one that has no value at all. */
    public static byte[] bytes(Message<byte[]> message) {
        return Objects.requireNonNullElseGet(message.getPayload(), () -> new byte[0]);
    }

    private static boolean any(Throwable failure, Predicate<Throwable> what) {
        for (@Nullable Throwable t = failure; t != null; t = t.getCause()) {
            if (what.test(t)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBad(Throwable t) {
        if (t instanceof DatabaseException answer) {
            String state = answer.getSqlState();
            return state != null && state.length() > CLASS && OF_VALUES.contains(state.substring(0, CLASS));
        }
        return t instanceof UnreadableMessageException
                || t instanceof JacksonException
                // What our own code makes of values that do not fit together.
                || t instanceof IllegalArgumentException
                || t instanceof NullPointerException
                || t instanceof ClassCastException
                || t instanceof IndexOutOfBoundsException
                || t instanceof ArithmeticException
                || t instanceof NoSuchElementException;
    }
}
