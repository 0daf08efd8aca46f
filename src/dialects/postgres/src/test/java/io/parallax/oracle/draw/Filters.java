package io.parallax.oracle.draw;

import java.util.ArrayList;
import java.util.List;

/** Filters as people write them, and as their quoting may trip over. */
final class Filters {
    private final Dice dice;
    private final List<String> choices = new ArrayList<>(List.of(
            "true",
            "true",
            "false",
            "true -- everything",
            "';)--' <> '?' OR false",
            "$q$;$q$ <> '/*'",
            "1 = 1 /* ( */ OR 1 = 2",
            "E'\\'' <> ''",
            "exists (select 1 from pg_catalog.pg_class)"));

    Filters(Dice dice, Draft draft) {
        this.dice = dice;
        draft.slots().stream().filter(Slot::shared).forEach(this::about);
    }

    private void about(Slot slot) {
        String name = Names.quoted(slot.name());
        choices.add(name + " IS NOT NULL");
        choices.add(name + " IS NULL OR " + name + " IS NOT NULL");
        if (slot.kind() == Numbers.INT || slot.kind() == Numbers.BIG) {
            choices.add(name + " > 10");
            choices.add(name + " BETWEEN -5 AND 100 -- a range");
        }
        if (slot.kind() == Texts.PLAIN) {
            choices.add("length(" + name + "::text) % 2 = 0");
            choices.add(name + "::text COLLATE \"C\" > 'a'");
        }
        if (slot.kind() == Kinds.JSON) {
            choices.add(name + "::jsonb ? 'a'");
            choices.add("NOT (" + name + "::jsonb ?| array['a', 'b'])");
        }
    }

    /** A filter; the same names are on both sides, not always the same filter. */
    String draw(String letter) {
        return letter.equals("A") || dice.chance(0.5) ? dice.pick(choices) : last();
    }

    private String last() {
        return choices.get(choices.size() - 1);
    }
}
