package io.parallax.endtoend;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Two tables of two million ratings each, with a few hundred differences of every kind between them. */
final class RatingTables {
    static final String A = "rating_a";
    static final String B = "rating_b";
    static final List<String> COMPARED = List.of("userid", "movieid", "rating", "timestamp");

    private static final List<String> STATEMENTS = List.of(
            """
            create unlogged table rating_a
                (id bigint, userid int, movieid int, rating numeric(2,1), "timestamp" timestamp)""",
            """
            insert into rating_a
            select g + (g - 1) / 999, (g / 154 + 1)::int, ((h & 2147483647) % 62423 + 1)::int,
                (((h >> 40) & 1048575) % 10 + 1) * 0.5,
                timestamp '1996-01-01' + (((h >> 8) & 1099511627775) % 757382400) * interval '1 second'
            from (select g, hashint8extended(g, 42) h from generate_series(1::bigint, 2000000) g) s""",
            "create unlogged table rating_b (like rating_a)",
            "insert into rating_b select * from rating_a",
            // Values, one column or several; NULL on either side.
            "update rating_b set rating = case rating when 5 then 4.5 else rating + 0.5 end where id % 20011 = 7",
            "update rating_b set movieid = -movieid where id % 50021 = 11",
            "update rating_b set userid = userid + 1, \"timestamp\" = \"timestamp\" + interval '1 microsecond'"
                    + " where id % 40009 = 13",
            "update rating_b set \"timestamp\" = null where id % 100003 = 17",
            "update rating_a set rating = null where id % 150001 = 19",
            // Two rows swap a column's values, so every column holds the same values as before.
            """
            update rating_b b set movieid = other.movieid from rating_a other
            where (b.id = 1000 and other.id = 1001) or (b.id = 1001 and other.id = 1002)
               or (b.id = 1002 and other.id = 1000)""",
            // Keys on one side only: in the middle, in the gaps, below and beyond the other side's range.
            "delete from rating_b where id % 33353 = 23",
            "delete from rating_a where id % 70001 = 29",
            "insert into rating_b select 1000 * g, 1, 1, 1, now()::timestamp from generate_series(1, 1990, 97) g",
            "insert into rating_a values (-9223372036854775808, 1, 1, 1, null), (-5, 1, 1, 1, null)",
            "insert into rating_b values (9223372036854775807, 1, 1, 1, null), (3000000, 1, 1, 1, null)",
            // Keys repeated on either side, equal rows and different ones, and on both sides.
            "insert into rating_a select * from rating_a where id % 90001 = 31",
            "insert into rating_b select id, userid, movieid, null, \"timestamp\" from rating_b where id % 80021 = 37",
            "insert into rating_b select * from rating_b where id % 80021 = 37",
            "insert into rating_a select r.* from rating_a r, generate_series(1, 3) where id in (500000, 1500001)",
            "insert into rating_b select r.* from rating_b r, generate_series(1, 3) where id in (500000, 1500001)",
            // Rows without a key.
            "insert into rating_a select null, g, g, 1, null from generate_series(1, 7) g",
            "insert into rating_b select null, g, g, 1, null from generate_series(1, 9) g",
            "create index on rating_a (id)",
            "create index on rating_b (id)",
            "vacuum analyze rating_a",
            "vacuum analyze rating_b");

    private RatingTables() {}

    static void create(Installation installation) throws SQLException {
        try (Connection connection = installation.source();
                Statement statement = connection.createStatement()) {
            for (String sql : STATEMENTS) {
                statement.execute(sql);
            }
        }
    }
}
