package io.parallax.engine.postgres.probe;

import io.parallax.engine.dialect.Probe;
import io.parallax.engine.dialect.Probe.KnownValue;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.Repertoire;
import java.util.ArrayList;
import java.util.List;

/** Probes, each with a column of its own name. */
final class ProbeList {
    private final Repertoire texts;
    private final int version;
    private final List<Probe> probes = new ArrayList<>();

    /**
     * Nothing so far.
     *
     * @param texts what those of the database are of
     * @param version the first part of the server's
     */
    ProbeList(Repertoire texts, int version) {
        this.texts = texts;
        this.version = version;
    }

    /** Whether any character is a text there. */
    boolean takesAnyText() {
        return texts == Repertoire.ANY;
    }

    /** Whether it is of that version or a newer one. */
    boolean isSince(int first) {
        return version >= first;
    }

    static KnownValue value(String text, Object canonical) {
        return new KnownValue(text, canonical);
    }

    /** A value of a family that is compared by what it is written as. */
    static KnownValue itself(String text) {
        return new KnownValue(text, text);
    }

    /** Of two types of a family. */
    void add(Family family, String own, String other, List<KnownValue> values) {
        add(column(ColumnType.plain(family, own)), column(ColumnType.plain(family, other)), own, values);
    }

    /** Of a type with itself. */
    void add(Family family, String type, List<KnownValue> values) {
        add(family, type, type, values);
    }

    void addArrays(Family family, String own, String other, List<KnownValue> values) {
        add(arrays(family, own, false), arrays(family, other, false), own + "[]", values);
    }

    void addArrays(Family family, String type, List<KnownValue> values) {
        addArrays(family, type, type, values);
    }

    void addArraysInAnyOrder(Family family, String type, List<KnownValue> values) {
        add(arrays(family, type, true), arrays(family, type, true), type + "[]", values);
    }

    /** {@code type}: what values are cast to. */
    void add(Column own, Column other, String type, List<KnownValue> values) {
        String name = "p" + probes.size();
        Column named = new Column(name, own.type(), own.notNull(), own.storedModifier(), false, own.anyOrder(), true);
        probes.add(new Probe(named, other, type, values));
    }

    private Column arrays(Family family, String element, boolean anyOrder) {
        ColumnType type = ColumnType.arrayOf(ColumnType.plain(family, element).in(texts));
        return new Column("", type, false, Column.NO_MODIFIER, false, anyOrder, true);
    }

    private Column column(ColumnType type) {
        return column(type, Column.NO_MODIFIER);
    }

    /** {@code modifier}: with which all values are stored. */
    Column column(ColumnType type, int modifier) {
        return new Column("", type.in(texts), false, modifier, false);
    }

    List<Probe> all() {
        return List.copyOf(probes);
    }
}
