package io.parallax.engine.postgres.probe;

import static io.parallax.engine.postgres.probe.ProbeList.value;

import io.parallax.engine.dialect.Probe.KnownValue;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Family;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Texts, byte strings and UUIDs: empty, padded, in capitals, of all kinds of characters, and longer than what is sent whole. */
final class TextProbes {
    private TextProbes() {}

    static void add(ProbeList probes) {
        List<KnownValue> texts =
                itself("", " ", "a", "A", "a ", " a", "Z", "NULL", "\\N", "'", "\"", "\t", "a\nb", "0", "00");
        List<KnownValue> some = texts.subList(0, 8);
        List<KnownValue> all = new ArrayList<>(texts);
        all.addAll(itself(
                "x".repeat(255),
                "x".repeat(256),
                "x".repeat(255) + "y",
                "x".repeat(1000),
                "x".repeat(1001),
                "y" + "x".repeat(1000),
                "x".repeat(500) + "y" + "x".repeat(500),
                "x".repeat(1000) + "y"));
        probes.add(Family.TEXT, "text", all);
        List<KnownValue> characters = new ArrayList<>(some);
        if (probes.takesAnyText()) {
            characters.addAll(itself("ä", "Ä", "e", "é", "e\u0301", "ß", "ss", "ｚ", "\ufffd", "😀"));
        }
        probes.add(Family.TEXT, "varchar", characters);
        probes.add(Family.TEXT, "bpchar", padded(probes));
        probes.add(Family.TEXT, "bpchar", "text", padded(probes));
        probes.add(Family.TEXT, "name", some);
        probes.add(column(probes, "enum"), column(probes, "enum"), "text", some);
        probes.add(column(probes, "char"), column(probes, "char"), "\"char\"", itself("", "a", "A", " "));
        bytes(probes);
        probes.add(
                Family.UUID,
                "uuid",
                Stream.of(
                                "00000000-0000-0000-0000-000000000000",
                                "00000000-0000-0000-0000-000000000001",
                                "7fffffff-ffff-ffff-ffff-ffffffffffff",
                                "80000000-0000-0000-0000-000000000000",
                                "ffffffff-ffff-ffff-ffff-ffffffffffff")
                        .map(text -> value(text, UUID.fromString(text)))
                        .toList());
    }

    private static Column column(ProbeList probes, String type) {
        return probes.column(ColumnType.plain(Family.TEXT, type), Column.NO_MODIFIER);
    }

    static List<KnownValue> itself(String... texts) {
        return Stream.of(texts).map(ProbeList::itself).toList();
    }

    /** The blanks at the end of a char are none of its own. */
    private static List<KnownValue> padded(ProbeList probes) {
        return Stream.of("", "  ", "a", "a   ", " a ", "A", "ab ", probes.takesAnyText() ? "ä  " : "z  ")
                .map(text -> value(text, text.stripTrailing()))
                .toList();
    }

    private static void bytes(ProbeList probes) {
        probes.add(
                Family.BINARY,
                "bytea",
                Stream.of(
                                "",
                                "00",
                                "0000",
                                "01",
                                "5c78",
                                "7f",
                                "80",
                                "ff",
                                "ff00",
                                "00".repeat(1000),
                                "00".repeat(1001),
                                "00".repeat(1000) + "01")
                        .map(hex -> value("\\x" + hex, HexFormat.of().parseHex(hex)))
                        .toList());
    }
}
