package io.parallax.engine.postgres.probe;

import static io.parallax.engine.postgres.probe.ProbeList.value;
import static io.parallax.engine.postgres.probe.TextProbes.itself;

import io.parallax.engine.dialect.Probe.KnownValue;
import io.parallax.engine.type.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON, arrays, and types that are compared by their texts. */
final class MadeOfOthersProbes {
    /** What stands for NULL in the arrays of a type. */
    static final Map<String, String> NULL_ELEMENTS = Map.of("int4[]", "-999", "text[]", "nothing", "numeric[]", "-999");

    private static final int MULTIRANGES_SINCE = 14;

    private MadeOfOthersProbes() {}

    static void add(ProbeList probes) {
        json(probes);
        arrays(probes);
        others(probes);
    }

    private static void json(ProbeList probes) {
        List<KnownValue> values = new ArrayList<>(List.of(
                value("null", "null"),
                value("{}", "{}"),
                value("[]", "[]"),
                value("\"\"", "\"\""),
                value("0", "0"),
                value("-0.0", "0"),
                value("1.0", "1"),
                value("1e2", "100"),
                value("\"1.0\"", "\"1.0\""),
                value("\"1\"", "\"1\""),
                value("\"a\"", "\"a\""),
                value("\"A\"", "\"A\""),
                value("\"a \"", "\"a \""),
                value("{\"a\":[]}", "{\"a\": []}"),
                value("{\"A\":[[]]}", "{\"A\": [[]]}"),
                value("{\"A\":[]}", "{\"A\": []}"),
                value("\"a\\\" 1.50\"", "\"a\\\" 1.50\""),
                value("true", "true"),
                value("\"true\"", "\"true\""),
                value("[ 1,2.50 ]", "[1, 2.5]"),
                value("[2.5,1]", "[2.5, 1]"),
                value("{\"bb\":1,\"a\":{\"c\":null},\"B\":[]}", "{\"B\": [], \"a\": {\"c\": null}, \"bb\": 1}"),
                value("{\"a\":1,\"a\":2}", "{\"a\": 2}"),
                value("12345678901234567890.1234567890", "12345678901234567890.123456789")));
        if (probes.takesAnyText()) {
            values.add(value("\"\\u00e4\"", "\"ä\""));
            values.add(value("\"\\ud83d\\ude00\"", "\"😀\""));
        }
        probes.add(Family.JSON, "jsonb", values);
        List<KnownValue> texts = new ArrayList<>(values);
        // More than jsonb takes: as it is.
        texts.add(itself("[1e999999, 1.0]").get(0));
        texts.add(itself("\"\\u0000\"").get(0));
        probes.add(Family.JSON, "json", texts);
    }

    private static void arrays(ProbeList probes) {
        List<KnownValue> integers =
                new ArrayList<>(itself("{}", "{1}", "{1,2}", "{2,1}", "{{1,2}}", "{{1},{2}}", "[0:1]={1,2}"));
        integers.add(value("{-999}", "{NULL}"));
        probes.addArrays(Family.NUMBER, "int4", integers);
        probes.addArrays(Family.NUMBER, "int4", "int8", integers);
        probes.addArraysInAnyOrder(
                Family.NUMBER,
                "int4",
                List.of(value("{2,1}", "{1,2}"), value("{1,2}", "{1,2}"), value("{1,2,2}", "{1,2,2}")));
        probes.addArrays(
                Family.TEXT,
                "text",
                List.of(
                        value("{}", "{}"),
                        value("{\"\"}", "{\"\"}"),
                        value("{a,b}", "{a,b}"),
                        value("{A,b}", "{A,b}"),
                        value("{b,a}", "{b,a}"),
                        value("{\"a,b\"}", "{\"a,b\"}"),
                        value("{nothing}", "{NULL}"),
                        value("{\"NULL\"}", "{\"NULL\"}"),
                        value("{\"a \"}", "{\"a \"}"),
                        value("{\"\\\"\"}", "{\"\\\"\"}")));
        probes.addArrays(Family.BOOLEAN, "bool", itself("{t,f}", "{f,t}"));
        probes.addArrays(
                Family.NUMBER,
                "numeric",
                List.of(
                        value("{}", ":"),
                        value("{1.50,2}", "[1:2]:{1.5,2}"),
                        value("{{1.0}}", "[1:1][1:1]:{1}"),
                        value("{-999,NaN}", "[1:2]:{NULL,NaN}")));
        probes.addArrays(
                Family.NUMBER,
                "float8",
                List.of(
                        value("{0.1,-0}", "[1:2]:{0.1,0}"),
                        value("{0.30000000000000004}", "[1:1]:{0.30000000000000004}"),
                        value("{1e300}", "[1:1]:{1.0000000000000001e+300}")));
        probes.addArrays(
                Family.TIMESTAMPTZ,
                "timestamptz",
                List.of(
                        value("{2024-03-31 02:00:00+01}", "[1:1]:{2024-03-31T01:00:00Z}"),
                        value("{infinity}", "[1:1]:{infinity}")));
        probes.addArrays(
                Family.DATE, "date", List.of(value("{2024-02-29,2024-03-01}", "[1:2]:{2024-02-29,2024-03-01}")));
        probes.addArrays(
                Family.BINARY, "bytea", List.of(value("{\"\\\\x00ff\"}", "[1:1]:{\"\\\\x00ff\"}"), value("{}", ":")));
        probes.addArrays(Family.JSON, "jsonb", List.of(value("{\"{\\\"a\\\":1.0}\"}", "[1:1]:{\"{\\\"a\\\": 1}\"}")));
    }

    private static void others(ProbeList probes) {
        probes.add(Family.OTHER, "inet", itself("10.0.0.1/32", "10.0.0.0/8", "10.0.0.0/32", "::1/128"));
        probes.add(Family.OTHER, "varbit", itself("", "0", "00", "101"));
        probes.add(Family.OTHER, "timetz", itself("12:00:00+00", "13:00:00+01", "00:00:00.000001-05:30"));
        probes.add(Family.OTHER, "numrange", itself("empty", "(,)", "[1.0,2)", "[1.00,2)"));
        probes.add(
                Family.OTHER,
                "daterange",
                itself("empty", "(,)", "[2024-01-01,2024-01-03)", "[2024-01-01,2024-01-02)", "[2024-01-01,)"));
        probes.add(
                Family.OTHER,
                "tstzrange",
                List.of(
                        value("empty", "empty"),
                        value("[2024-03-31 02:00:00+01,)", "[2024-03-31T01:00:00Z,)"),
                        value("(2024-03-31 02:00:00+02,infinity]", "(2024-03-31T00:00:00Z,infinity]")));
        if (probes.isSince(MULTIRANGES_SINCE)) {
            probes.add(Family.OTHER, "int4multirange", itself("{}", "{[1,3)}", "{[1,3),[5,6)}"));
        }
    }
}
