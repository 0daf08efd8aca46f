package io.parallax.api.requests;

import io.parallax.api.problems.Fault;
import io.parallax.api.problems.InvalidRequestException;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/** Ids in paths. */
public final class Ids {
    /** An id that nothing has. */
    private static final long NOTHING = 0;

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,100}");

    private Ids() {}

    /**
     * The id in this text; one that nothing has when it is beyond any id.
     *
     * @throws InvalidRequestException when it is no whole number
     */
    public static long parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new InvalidRequestException(
                    List.of(new Fault(List.of("path", "id"), "Must be a whole number.", "int_parsing")));
        }
        BigInteger id = new BigInteger(text);
        return id.signum() > 0 && id.bitLength() < Long.SIZE ? id.longValue() : NOTHING;
    }
}
