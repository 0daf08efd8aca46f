package io.parallax.endtoend.requests;

import io.parallax.oracle.Column;
import io.parallax.oracle.Figures;
import io.parallax.oracle.Oracle;
import io.parallax.oracle.Relation;
import io.parallax.oracle.Wishes;
import java.util.List;

/** Tells, by brute force, which columns are a key of a side's rows. */
final class Keys {
    private final Combination combination;
    private final Relation a;
    private final Relation b;

    Keys(Combination combination, Relation a, Relation b) {
        this.combination = combination;
        this.a = a;
        this.b = b;
    }

    boolean havePartners(List<String> key) {
        return key.stream().allMatch(this::hasPartner);
    }

    private boolean hasPartner(String name) {
        Wishes wishes = combination.wishes();
        boolean taken = !wishes.mapping().containsKey(name) && wishes.mapping().containsValue(name);
        return !taken
                && combination.a().column(name).isPresent()
                && combination.b().column(wishes.nameOnB(name)).isPresent();
    }

    boolean areComparable(List<String> key) {
        return Oracle.keyComparable(a, b, key, combination.wishes());
    }

    /** Of A's rows or of B's: unique and without a NULL. */
    boolean isKey(List<String> key) {
        Figures figures = compared(key);
        return figures.nulls().a() + figures.dupes().a() == 0
                || figures.nulls().b() + figures.dupes().b() == 0;
    }

    /** Whether there is a key of one column of the first side that has rows. */
    boolean oneColumnWouldDo() {
        return combination.a().columns().stream()
                .map(Column::name)
                .filter(name -> !combination.avoided().contains(name)
                        && !combination.avoided().contains(combination.wishes().nameOnB(name)))
                .map(List::of)
                .filter(key -> havePartners(key) && areComparable(key))
                .map(this::compared)
                .anyMatch(figures -> a.rows().isEmpty()
                        ? !b.rows().isEmpty()
                                && figures.nulls().b() + figures.dupes().b() == 0
                        : figures.nulls().a() + figures.dupes().a() == 0);
    }

    private Figures compared(List<String> key) {
        return Oracle.compare(a, b, key, combination.include(), combination.exclude(), combination.wishes());
    }
}
