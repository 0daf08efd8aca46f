package io.parallax.oracle.draw;

import java.util.List;

/** Identifiers, some of which careless quoting breaks. */
public final class Names {
    private static final List<String> AWKWARD = List.of(
            "a.b",
            "with blank",
            "Quo\"te",
            "it's",
            "what?",
            "?",
            "$1",
            ":name",
            "--",
            "/*",
            "a;b",
            "back\\slash",
            "100%s",
            "Ünï",
            "数",
            "A",
            "a",
            "select",
            "ctid_",
            "count",
            "row",
            "k",
            "h",
            "q",
            "t",
            "{}",
            " lead",
            "x".repeat(63),
            "x".repeat(62) + "y");

    private Names() {}

    /** A fresh name for a slot. */
    static String column(Dice dice, int slot, boolean awkward) {
        String name = awkward ? dice.pick(AWKWARD) : "c";
        return name.length() > 50 ? name : name + slot;
    }

    static String table(Dice dice) {
        return dice.chance(0.15) ? dice.pick(AWKWARD) : dice.pick("t", "rating");
    }

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
