package io.parallax.engine.postgres.value;

/**
 * Texts of floats as PostgreSQL writes them with all digits that it takes, whatever the session's extra_float_digits. Each float is made
 * once, as {@code x}, in a query of its own.
 */
final class FloatTexts {
    /** Whether PostgreSQL writes so by itself. */
    static final String ARE_WHOLE = "current_setting('extra_float_digits')::int > 0";

    /** Of {@code y}, which is not negative: {@code s} has its digits and a power of ten. */
    private static final String TEXT =
            """
            case when %s or x - x <> 0 or x = 0 then x::text else
              case when x < 0 then '-' else '' end ||
              (select case when e < -4 or e >= %d then rtrim(rtrim(m, '0'), '.') || substr(s, strpos(s, 'e'))
                      else trim_scale(s::numeric)::text end
               from (select s, split_part(s, 'e', 1) as m, split_part(s, 'e', 2)::int as e
                     from (select ltrim(%s) as s from (select abs(x) as y offset 0) a offset 0) f offset 0) g) end""";

    /**
     * The fewest digits that are read as the same float again, and not as one that is in the middle between two. Powers of two are nearer
     * to what is before them than to what is after them, so that not the nearest of so many digits may do.
     */
    private static final String SEARCHED =
            """
            (select q::text || 'e' || p
             from (select k, o, split_part(d, 'e', 1)::numeric + o * 10::numeric ^ (1 - k) as q, split_part(d, 'e', 2) as p
                   from (select k, to_char(y, '9' || case when k = 1 then '' else '.' || repeat('9', k - 1) end || 'EEEE') as d
                         from generate_series(1, %1$d) k offset 0) c, generate_series(-1, 1) o offset 0) n
             where case when q >= 1 and q < 10 and (q::text || 'e' || p)::numeric <= %2$s
                   then ((q + 1e-60)::text || 'e' || p)::%3$s = y and ((q - 1e-60)::text || 'e' || p)::%3$s = y
                   else false end
             order by k, abs(o) limit 1)""";

    static final String OF_DOUBLE = of(TEXT.formatted(
            ARE_WHOLE,
            15,
            "case when y = trunc(y) and y < 1e15::float8 then " + digits(15)
                    + " when y < '2.2250738585072014e-308'::float8 or y >= '9007199254740992'::float8"
                    + " or ('x' || encode(float8send(y), 'hex'))::bit(64)::int8 & 4503599627370495 = 0 then "
                    + SEARCHED.formatted(17, "1.7976931348623158e308", "float8") + shortest(15, 16, "float8")
                    + " else " + digits(17) + " end"));

    static final String OF_SINGLE = of(TEXT.formatted(
            ARE_WHOLE,
            6,
            "case when y = trunc(y) and y < 1e6::float4 then " + digits(6)
                    + " when y < '1.17549435e-38'::float4 or y >= '16777216'::float4"
                    + " or ('x' || encode(float4send(y), 'hex'))::bit(32)::int4 & 8388607 = 0 then "
                    + SEARCHED.formatted(9, "3.4028235e38", "float4") + shortest(6, 8, "float4")
                    + " else " + digits(9) + " end"));

    private FloatTexts() {}

    /** What stands before an expression for it to become that text of its value {@code x}. */
    static String of(String text) {
        return "(select " + text + " from (select (";
    }

    private static String digits(int count) {
        return "to_char(y, '9." + "9".repeat(count - 1) + "EEEE')";
    }

    private static String shortest(int least, int most, String type) {
        StringBuilder cases = new StringBuilder();
        for (int count = least; count <= most; count++) {
            cases.append(" when ").append(digits(count)).append("::").append(type);
            cases.append(" = y then ").append(digits(count));
        }
        return cases.toString();
    }
}
