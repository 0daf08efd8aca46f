package io.parallax.engine.compare.range;

import io.parallax.engine.compare.side.SideSql;
import io.parallax.engine.task.KeyRanges;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.RangeColumn;
import io.parallax.engine.task.SidePlan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The query that joins key ranges of both sides in their one database. */
public final class JoinSql {
    static final long ONLY_A = -1;
    static final long ONLY_B = -2;

    private final PlanContext context;
    private final SideSql sqlA;
    private final SideSql sqlB;

    public JoinSql(PlanContext context, SideSql sqlA, SideSql sqlB) {
        this.context = context;
        this.sqlA = sqlA;
        this.sqlB = sqlB;
    }

    /** Per range: its place, the keys that are not the same on both sides, what differs of each; rows of A and of B. */
    String differences(KeyRanges ranges) {
        return RangeSql.eachRange(
                        sqlA.expressions(),
                        ranges,
                        "place - 1, coalesce(f.k, ''::bytea), coalesce(f.d, ''::bytea), f.a, f.b")
                + "(select string_agg(int8send(k), ''::bytea) filter (where d <> 0),"
                + " string_agg(int8send(d), ''::bytea) filter (where d <> 0), count(a), count(b)"
                + " from (select coalesce(a.k, b.k) as k, a.k as a, b.k as b, " + difference() + " as d from "
                + rows(context.a(), sqlA) + " a full join " + rows(context.b(), sqlB)
                + " b on a.k = b.k offset 0) j) f(k, d, a, b)";
    }

    private String difference() {
        String columns = IntStream.range(0, context.valueNames().size())
                .mapToObj(i ->
                        " + case when " + isEqual("a.v" + i, "b.v" + i) + " then 0 else " + (1L << i) + "::int8 end")
                .collect(Collectors.joining());
        return "case when b.k is null then " + ONLY_A + " when a.k is null then " + ONLY_B + " else 0::int8" + columns
                + " end";
    }

    /** Not by IS DISTINCT FROM, which looks for its operator by the bare name. */
    private static String isEqual(String a, String b) {
        return a + " = " + b + " or " + a + " is null and " + b + " is null";
    }

    private static String rows(SidePlan side, SideSql sql) {
        RangeColumn key = side.range().get(0);
        List<String> values = side.comparable();
        String columns = IntStream.range(0, values.size())
                .mapToObj(i -> ", " + sql.expressions().spelled(values.get(i)) + " as v" + i)
                .collect(Collectors.joining());
        return "(select " + key.column() + "::int8 as k" + columns + " "
                + sql.fromKeyed(Stream.of(RangeSql.isInRange(key))) + ")";
    }
}
