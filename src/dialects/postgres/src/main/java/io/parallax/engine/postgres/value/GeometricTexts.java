package io.parallax.engine.postgres.value;

/** Texts of geometric values as PostgreSQL writes them with {@linkplain FloatTexts all digits} of their numbers. */
final class GeometricTexts {
    static final String OF_POINT = of(point("x"));

    static final String OF_LINE = of(
            "'{' || " + number("x[0]") + " || ',' || " + number("x[1]") + " || ',' || " + number("x[2]") + " || '}'");

    static final String OF_SEGMENT = of("'[' || " + point("(x[0])") + " || ',' || " + point("(x[1])") + " || ']'");

    static final String OF_BOX = of(point("(x[0])") + " || ',' || " + point("(x[1])"));

    static final String OF_CIRCLE =
            of("'<' || " + point("(center(x))") + " || ',' || " + number("radius(x)") + " || '>'");

    static final String OF_PATH = of("case when isopen(x) then '[' else '(' end || " + points("path_send(x)", 5)
            + " || case when isopen(x) then ']' else ')' end");

    static final String OF_POLYGON = of("'(' || " + points("poly_send(x)", 4) + " || ')'");

    /** Of eight bytes, as a whole number {@code b}. */
    private static final String OF_BITS =
            """
            (case when (b >> 52) & 2047 = 2047
                  then case when b & 4503599627370495 <> 0 then 'NaN' when b < 0 then '-Infinity' else 'Infinity' end::float8
                  else case when b < 0 then -1 else 1 end
                       * ((b & 4503599627370495) + case when (b >> 52) & 2047 > 0 then 4503599627370496 else 0 end)::float8
                       * power(2::float8, (greatest((b >> 52) & 2047, 1) - 1075)::float8) end)""";

    private GeometricTexts() {}

    private static String of(String text) {
        return FloatTexts.of(
                "case when " + FloatTexts.ARE_WHOLE + " then x::text when x is not null then " + text + " end");
    }

    private static String number(String sql) {
        return FloatTexts.OF_DOUBLE + sql + ") as x offset 0) y)";
    }

    private static String point(String sql) {
        return "'(' || " + number(sql + "[0]") + " || ',' || " + number(sql + "[1]") + " || ')'";
    }

    /** No function tells the points; they come last in the binary form. */
    private static String points(String sent, int before) {
        return """
                (select string_agg('(' || %s || ',' || %s || ')', ',' order by i)
                 from (select p, i from (select %s as p offset 0) s,
                       lateral generate_series(%d, octet_length(p) - 1, 16) i offset 0) t)"""
                .formatted(coordinate("i"), coordinate("i + 8"), sent, before);
    }

    private static String coordinate(String at) {
        return number("select " + OF_BITS + " from (select ('x' || encode(substr(p, " + at
                + " + 1, 8), 'hex'))::bit(64)::int8 as b offset 0) c");
    }
}
