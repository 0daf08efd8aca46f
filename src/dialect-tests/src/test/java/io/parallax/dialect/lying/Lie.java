package io.parallax.dialect.lying;

import io.parallax.engine.dialect.ProbedFamily;
import io.parallax.engine.type.Column;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is wrong about a family.
 *
 * @param name its own
 * @param twist what becomes of an expression, which stands for {@code $}
 * @param where it is told
 * @param open whether known values are lied about, too
 */
public record Lie(String name, ProbedFamily family, String twist, Set<Place> where, boolean open) {
    /** Where a dialect may be wrong. */
    public enum Place {
        /** In what row hashes take in. */
        HASHED,
        /** In what key hashes take in, and keys are grouped by. */
        HASHED_KEYS,
        /** In values as they are sent. */
        SENT,
        /** In keys as they are sent. */
        SENT_KEYS
    }

    /** Nothing is. */
    public static final Lie NONE = new Lie("none", ProbedFamily.OTHER, "$", Set.of(), true);

    private static final Pattern OF_PROBES = Pattern.compile("p\\d+");

    /** The same where nobody looks. */
    public Lie hidden() {
        return new Lie(name + ", hidden", family, twist, where, false);
    }

    boolean isTold(Place place, Column own, Column other) {
        return where.contains(place)
                && ProbedFamily.of(own.type(), other.type()) == family
                && (open || !OF_PROBES.matcher(own.name()).matches());
    }

    String told(String sql) {
        return "(" + twist.replace("$", "(" + sql + ")") + ")";
    }
}
