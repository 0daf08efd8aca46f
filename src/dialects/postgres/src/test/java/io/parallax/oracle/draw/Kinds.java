package io.parallax.oracle.draw;

import io.parallax.oracle.Family;
import io.parallax.oracle.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** Every kind that is drawn. */
final class Kinds {
    static final Kind BOOLEAN = new Kind(
            List.of(Type.of("boolean", Family.BOOLEAN)),
            List.of(List.of("true", "false")),
            List.of(List.of("true", "t", "on"), List.of("false", "f", "no")),
            number -> Boolean.toString((number & 1) == 1));

    static final Kind INTERVAL = new Kind(
            List.of(Type.of("interval", Family.INTERVAL)),
            List.of(
                    List.of("1 mon", "30 days", "-1 mon", "720:00:00"),
                    List.of("1 day", "24:00:00", "-1 day", "1 day -24:00:00"),
                    List.of("1 mon -1 day", "29 days", "1 mon 1 day", "31 days"),
                    List.of("00:00:00.000001", "-00:00:00.000001", "00:00:00"),
                    List.of("178000000 years", "-178000000 years"),
                    List.of("infinity", "-infinity"),
                    List.of("360 days", "1 year")),
            List.of(List.of("1 year", "12 mons"), List.of("60 secs", "1 min"), List.of("00:00:00", "0 days")),
            number -> Math.floorMod(number, 12) + " mons " + Math.floorMod(number / 12, 31) + " days "
                    + Math.floorMod(number / 372, 1_000_000_000L)
                    + " secs");

    static final Kind UUIDS =
            new Kind(
                    List.of(Type.of("uuid", Family.UUID)),
                    List.of(List.of(
                            "00000000-0000-0000-0000-000000000000",
                            "ffffffff-ffff-ffff-ffff-ffffffffffff",
                            "00000000-0000-0000-0000-000000000001",
                            "80000000-0000-0000-0000-000000000000")),
                    List.of(),
                    number -> UUID.nameUUIDFromBytes(Long.toString(number).getBytes(StandardCharsets.UTF_8))
                            .toString()) {
                @Override
                String respelled(String literal, Dice dice) {
                    return literal.startsWith("{") ? literal : "{" + literal.toUpperCase(Locale.ROOT) + "}";
                }
            };

    static final Kind BINARY = new Kind(
            List.of(Type.of("bytea", Family.BINARY)),
            List.of(
                    List.of("\\x", "\\x00", "\\x0000"),
                    List.of("\\xff", "\\x7f", "\\x80"),
                    List.of("\\x6162", "\\x616200", "\\x6261", "\\x4142")),
            List.of(List.of("\\xabcdef", "\\xABCDEF")),
            number -> String.format("\\x%016x", number));

    static final Kind JSON =
            new Kind(
                    List.of(Types.JSONB, Types.JSON, Types.JSON),
                    List.of(
                            List.of(
                                    "\"\\u0000\"",
                                    "\"\\\\u0000\"",
                                    " \"\\u0000\"",
                                    "{\"\\u0000\": 1}",
                                    "\"\\\\\\u0000\""),
                            List.of(
                                    "\"\\ud800\"",
                                    "\"\\uD800\"",
                                    "\"\\udc00\\ud800\"",
                                    "\"\\ud83d\\ude00\"",
                                    "\"\\ud83d😀\""),
                            List.of(
                                    "1e400000",
                                    "[1e400000]",
                                    "[1e400000, 2]",
                                    "[1e400000,2]",
                                    "1E400000",
                                    "1e131071",
                                    "1e131072"),
                            List.of("1e-16383", "1e-16384", "0e-16384", "0e400000", "{\"a\": [1, -1.5e131073]}"),
                            List.of(
                                    "{\"a\": 1}",
                                    "{\"a\": -1}",
                                    "{\"a\": 10}",
                                    "{\"a\": \"1\"}",
                                    "{\"b\": 1}",
                                    "{\"A\": 1}"),
                            List.of("{\"a\": [1, 2]}", "{\"a\": [2, 1]}", "{\"a\": [[1], 2]}", "{\"a\": [1, [2]]}"),
                            List.of("[[1, 2], [3]]", "[[1], [2, 3]]", "[1, 2, 3]", "[[1, 2, 3]]"),
                            List.of("null", "\"null\"", "{}", "[]", "\"\"", "[null]", "{\"a\": null}"),
                            List.of("{\"a\": {\"b\": 1}, \"c\": 2}", "{\"a\": {\"b\": 2}, \"c\": 1}"),
                            List.of("true", "\"true\"", "false", "0", "\"0\""),
                            List.of("1", "-1", "4294967297", "4294967296", "1.5", "-1.5"),
                            List.of("{\"a\": 1, \"b\": 2}", "{\"a\": 2, \"b\": 1}"),
                            List.of("\"a\"", "\"A\"", "\"a \"", "\"ä\"", "\"a\u0308\"")),
                    List.of(
                            List.of("{\"a\": 1}", "{\"a\":1.0}", "{ \"a\" : 1e0 }", "{\"a\": 2, \"a\": 1}"),
                            List.of("{\"a\": 1, \"b\": 2}", "{\"b\": 2, \"a\": 1}", "{\"b\":2.00,\n\"a\":1}"),
                            List.of("\"a\"", "\"\\u0061\""),
                            List.of("\"😀\"", "\"\\uD83D\\ude00\""),
                            List.of("[\"1.0\", 1]", "[\"1.0\",1.00]"),
                            List.of("0", "-0", "0.0"),
                            List.of("[100, 2]", "[1e2,2]", "[ 100.0 , 2 ]")),
                    number -> "{\"i\": " + number + "}") {
                private static final List<String> NO_JSONB = List.of(
                        "\\u0000",
                        "\\ud800",
                        "\\uD800",
                        "\\ud83d😀",
                        "e400000",
                        "E400000",
                        "e131072",
                        "e-16384",
                        "e131073");

                /** Not all texts are values; what may be one is. */
                @Override
                String fit(String literal, Type type) {
                    boolean isNone = NO_JSONB.stream().anyMatch(literal::contains)
                            && !literal.contains("\"\\\\u0000")
                            && !literal.equals("0e400000");
                    return type == Types.JSONB && isNone ? "\"none: " + literal.hashCode() + "\"" : literal;
                }
            };

    static final Kind INTEGER_ARRAY = new Kind(
            Types.INTEGER_ARRAYS,
            List.of(
                    List.of("{1,2}", "{2,1}", "{1,-2}", "{1,2,NULL}", "{NULL,1,2}", "[0:1]={1,2}"),
                    List.of("{{1,2},{3,4}}", "{1,2,3,4}", "{{1,2,3,4}}", "{{1},{2},{3},{4}}", "{{1,3},{2,4}}"),
                    List.of("{}", "{NULL}", "{0}", "{NULL,NULL}")),
            List.of(List.of("{1,2}", "[1:2]={1,2}", "{ 1, 2 }")),
            number -> "{" + Math.floorMod(number, 30_000) + "," + Math.floorMod(number / 30_000, 30_000) + "}");

    static final Kind DECIMAL_ARRAY = new Kind(
            Types.DECIMAL_ARRAYS,
            List.of(
                    List.of("{1.5}", "{-1.5}", "{15}", "{1.5,NULL}"),
                    List.of("{NaN}", "{Infinity}", "{-Infinity}"),
                    List.of("{0.1,0.2}", "{0.2,0.1}", "{0.10000000000000002,0.2}")),
            List.of(List.of("{1}", "{1.0}", "{1.00}"), List.of("{0}", "{-0}", "{0.0}")),
            number -> "{" + number + ".25}");

    static final Kind TEXT_ARRAY = new Kind(
            Types.TEXT_ARRAYS,
            List.of(
                    List.of("{a,b}", "{b,a}", "{\"a,b\"}", "{A,b}", "{a,\"b \"}", "{{a,b}}", "{{a},{b}}"),
                    List.of("{NULL}", "{\"NULL\"}", "{\"\"}", "{}", "{\" \"}"),
                    List.of("{\"a\\\"b\"}", "{\"a\\\\b\"}", "{\"{a}\"}", "{ä}", "{\"a\u0308\"}")),
            List.of(List.of("{a,b}", "{ a, \"b\" }")),
            number -> "{t" + Math.floorMod(number, 1_000_000_000L) + ",x}");

    private static final List<Kind> OTHERS = List.of(
            other(
                    "inet",
                    number -> "10." + Math.floorMod(number >> 16, 256) + "." + Math.floorMod(number >> 8, 256) + "."
                            + Math.floorMod(number, 256),
                    "10.0.0.1",
                    "10.0.0.1/24",
                    "10.0.0.0/24",
                    "::1",
                    "::ffff:10.0.0.1"),
            other(
                    "cidr",
                    number -> "10.0." + Math.floorMod(number, 256) + ".0/24",
                    "10.0.0.0/8",
                    "10.0.0.0/16",
                    "::/0"),
            other(
                    "macaddr",
                    number -> String.format(
                            "08:00:2b:%02x:%02x:%02x",
                            Math.floorMod(number >> 16, 256),
                            Math.floorMod(number >> 8, 256),
                            Math.floorMod(number, 256)),
                    "ff:ff:ff:ff:ff:ff",
                    "00:00:00:00:00:00"),
            other(
                    "bit(8)",
                    number -> String.format("%8s", Integer.toBinaryString(Math.floorMod(number, 256)))
                            .replace(' ', '0'),
                    "00000001",
                    "10000000"),
            other("bit varying", number -> Long.toBinaryString(number & 0xFFFF), "", "0", "00", "000000001"),
            other(
                    "point",
                    number -> "(" + number + ",0)",
                    "(1,2)",
                    "(2,1)",
                    "(-1,2)",
                    "(0,0)",
                    "(-0,0)",
                    "(NaN,Infinity)"),
            other("numrange", number -> "[" + number + "," + (number + 1) + ")", "[1.0,2)", "[1.00,2)", "empty", "(,)"),
            other("int4range", number -> "[" + (int) (number & 0xFFFF) + ",70000)", "[1,2]", "[1,3]", "empty"),
            other("tsvector", number -> "w" + number + ":1", "a b", "a:1 b:2", "'a b'", ""),
            other("pg_lsn", number -> "0/" + Long.toHexString(number & 0xFFFFFF), "FFFFFFFF/0", "0/FFFFFFFF"),
            other("money", number -> Long.toString(number & 0xFFFFFF), "-1", "1", "0.01"),
            other("time with time zone", Kinds::zonedTime, "12:00:00+02", "10:00:00+00", "24:00:00+00"));

    static final List<Kind> ALL = Stream.concat(
                    Stream.of(
                            Numbers.SMALL,
                            Numbers.INT,
                            Numbers.BIG,
                            Numbers.DECIMAL,
                            Numbers.WILD,
                            Texts.PLAIN,
                            Texts.LABEL,
                            Moments.DATE,
                            Moments.TIME,
                            Moments.TIMESTAMP,
                            Moments.TIMESTAMPTZ,
                            BOOLEAN,
                            INTERVAL,
                            UUIDS,
                            BINARY,
                            JSON,
                            INTEGER_ARRAY,
                            DECIMAL_ARRAY,
                            TEXT_ARRAY),
                    OTHERS.stream())
            .toList();

    private static final List<Kind> COMMON = List.of(
            Numbers.INT,
            Numbers.INT,
            Numbers.BIG,
            Numbers.SMALL,
            Numbers.DECIMAL,
            Numbers.WILD,
            Texts.PLAIN,
            Texts.PLAIN,
            Moments.TIMESTAMP,
            Moments.TIMESTAMPTZ,
            Moments.DATE,
            UUIDS,
            BOOLEAN);

    private Kinds() {}

    /** Mostly what tables are made of, but any kind in the end. */
    static Kind draw(Dice dice) {
        return dice.pick(dice.chance(0.5) ? COMMON : dice.chance(0.7) ? ALL.subList(0, 19) : OTHERS);
    }

    private static Kind other(String type, LongFunction<String> numbered, String... near) {
        return new Kind(List.of(Type.of(type, Family.OTHER)), List.of(List.of(near)), List.of(), numbered);
    }

    private static String zonedTime(long number) {
        return String.format(
                "%02d:%02d:00+%02d",
                Math.floorMod(number / 60, 24), Math.floorMod(number, 60), Math.floorMod(number / 1440, 12));
    }
}
