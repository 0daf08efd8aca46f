package io.parallax.api.datadiffs.message;

import io.parallax.api.events.RequestName;
import io.parallax.api.problems.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message calls itself.
 *
 * @param version of CloudEvents; null for a message that is none, which needs no source
 */
public record EventAttributes(@Nullable String version, @Nullable String source, @Nullable String id) {
    public static final String VERSION = "specversion";
    public static final String SOURCE = "source";
    public static final String ID = "id";

    private static final String ONLY_VERSION = "1.0";

    /** The beginning of one that is too long; empty where there is no id. */
    public Optional<RequestName> name() {
        return id == null || id.isEmpty()
                ? Optional.empty()
                : Optional.of(new RequestName(source == null ? null : beginning(source), beginning(id)));
    }

    /** A text of which half a character is left would be another one when it is written. */
    private static String beginning(String text) {
        return text.codePoints()
                .limit(RequestName.MOST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        if (version != null && !version.equals(ONLY_VERSION)) {
            faults.add(fault(VERSION, "Must be " + ONLY_VERSION + "."));
        }
        if (version != null || source != null) {
            require(SOURCE, source, faults);
        }
        require(ID, id, faults);
        return faults;
    }

    private static void require(String name, @Nullable String value, List<Fault> faults) {
        if (value == null
                || value.isEmpty()
                || value.codePointCount(0, value.length()) > RequestName.MOST
                || value.codePoints().anyMatch(EventAttributes::isNoSign)) {
            faults.add(
                    fault(name, "Must be 1 to " + RequestName.MOST + " characters, none of them a control character."));
        }
    }

    private static boolean isNoSign(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }

    private static Fault fault(String where, String what) {
        return new Fault(List.of("message", where), what, "value_error");
    }
}
