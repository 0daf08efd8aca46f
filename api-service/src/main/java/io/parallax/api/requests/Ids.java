package io.parallax.api.requests;

import io.parallax.api.problems.Fault;
import io.parallax.api.problems.InvalidRequestException;
import io.parallax.api.problems.ProblemException;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/** Ids in paths. */
public final class Ids {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,100}");

    private Ids() {}

    /**
     * The id in this text.
     *
     * @param what what has such ids, for the message
     * @throws InvalidRequestException when it is no whole number
     * @throws ProblemException 404 when it is beyond any id
     */
    public static long parse(String what, String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new InvalidRequestException(
                    List.of(new Fault(List.of("path", "id"), "Must be a whole number.", "int_parsing")));
        }
        BigInteger id = new BigInteger(text);
        if (id.signum() <= 0 || id.bitLength() >= Long.SIZE) {
            throw ProblemException.notFound(what, text);
        }
        return id.longValue();
    }
}
