package io.parallax.oracle.draw;

import java.util.List;

/** Queries as people write them. */
public final class Queries {
    private Queries() {}

    /** All rows of a dataset, with all its columns in their order. */
    public static String draw(Dice dice, String dataset, List<String> columns) {
        String list = list(columns);
        return switch (dice.below(8)) {
            case 0 -> "SELECT * FROM " + dataset;
            case 1 -> "select " + list + " from " + dataset + ";";
            case 2 -> "SELECT * FROM " + dataset + " -- all of it";
            case 3 -> "WITH q AS (SELECT * FROM " + dataset + ") SELECT * FROM q";
            case 4 -> "SELECT " + list + " FROM " + dataset + " UNION ALL SELECT " + list + " FROM " + dataset
                    + " WHERE false";
            case 5 -> "/* ; */ SELECT " + list + " FROM " + dataset + " WHERE ';--?' <> $$;'$$ LIMIT 1000000";
            case 6 -> "SELECT q.* FROM (SELECT * FROM " + dataset + " OFFSET 0) q";
            default -> "\n  SELECT DISTINCT ON (ctid_row) " + list
                    + " FROM (SELECT row_number() OVER () AS ctid_row, * FROM " + dataset + ") q ; \n";
        };
    }

    /** All rows of a dataset with some of its columns, in any order. */
    public static String some(Dice dice, String dataset, List<String> columns) {
        String list = list(columns);
        return switch (dice.below(3)) {
            case 0 -> "SELECT " + list + " FROM " + dataset + " AS a; -- some of it";
            case 1 -> "WITH \"q;\" AS MATERIALIZED (TABLE " + dataset + ") /* ; */ SELECT " + list + " FROM \"q;\";";
            default -> "(SELECT " + list + " FROM " + dataset + ")";
        };
    }

    private static String list(List<String> columns) {
        return String.join(", ", columns.stream().map(Names::quoted).toList());
    }
}
