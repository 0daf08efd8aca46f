package io.parallax.bench.floor;

import java.util.Locale;

/** The three floors of the design. */
public enum FloorKind {
    H("sound hash of each row"),
    G("the same, grouped"),
    C("ordered binary COPY");

    private final String description;

    FloorKind(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }

    String resource(String shape) {
        return name().toLowerCase(Locale.ROOT) + "-" + shape + ".sql";
    }
}
