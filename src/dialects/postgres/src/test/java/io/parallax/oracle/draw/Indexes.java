package io.parallax.oracle.draw;

import java.util.List;

/** Constraints and indexes: such as prove a key unique, such as only seem to, and such as merely help. */
final class Indexes {
    static final String CONCURRENTLY = " CONCURRENTLY ";

    private final Dice dice;
    private final List<String> columns;
    private final List<String> key;
    private final String table;

    Indexes(Dice dice, List<String> columns, List<String> key, String table) {
        this.dice = dice;
        this.columns = columns;
        this.key = key;
        this.table = table;
    }

    /** Statements; any may fail where the rows or the types do not allow it. */
    List<String> draw() {
        return dice.chance(0.35) ? List.of() : dice.chance(0.8) ? List.of(one()) : List.of(one(), one());
    }

    /** Statements after which there is an index on the key, unique where that can be. */
    List<String> ofKey() {
        String primary = "ALTER TABLE " + table + " ADD PRIMARY KEY (" + list(key) + ")";
        String plain = "CREATE INDEX ON " + table + " (" + list(key) + ")";
        return dice.chance(0.7) ? List.of(primary, plain) : List.of(plain);
    }

    private String one() {
        String first = Names.quoted(key.get(0));
        return switch (dice.below(19)) {
            case 0, 1, 2, 3 -> "ALTER TABLE " + table + " ADD PRIMARY KEY (" + list(key) + ")";
            case 4 -> "ALTER TABLE " + table + " ADD UNIQUE (" + list(dice.shuffled(key)) + ")";
            case 5 -> "ALTER TABLE " + table + " ADD UNIQUE (" + list(key) + ") DEFERRABLE INITIALLY DEFERRED";
            case 6, 7 -> unique(list(dice.shuffled(key)));
            case 8 -> unique(list(key)) + " NULLS NOT DISTINCT";
            case 9 -> unique(list(key)) + " WHERE " + first + " IS NULL";
            case 10 -> "CREATE UNIQUE INDEX" + CONCURRENTLY + "ON " + table + " (" + list(key) + ")";
            case 11 -> unique(list(columns));
            case 12 -> unique("(" + first + " IS NULL), " + list(columns));
            case 13 -> unique(first);
            case 14 -> "CREATE INDEX ON " + table + " (" + first + " DESC NULLS LAST)";
            case 16 -> unique(first + " COLLATE \"C\"");
            case 15 -> "CREATE INDEX ON " + table + " USING hash (" + first + ")";
            default -> "CREATE INDEX ON " + table + " (" + list(dice.shuffled(key)) + ")";
        };
    }

    private String unique(String columns) {
        return "CREATE UNIQUE INDEX ON " + table + " (" + columns + ")";
    }

    private static String list(List<String> names) {
        return String.join(", ", names.stream().map(Names::quoted).toList());
    }
}
