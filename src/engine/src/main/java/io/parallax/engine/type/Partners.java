package io.parallax.engine.type;

import io.parallax.contract.DiffSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which columns of two datasets belong together, whatever their types: those of one name, or as the client says. */
final class Partners {
    private final DescribedDataset a;
    private final DescribedDataset b;
    private final Map<String, String> mapping;
    private final Map<String, String> reverse = new HashMap<>();

    Partners(DescribedDataset a, DescribedDataset b, DiffSpec spec) {
        this.a = a;
        this.b = b;
        this.mapping = spec.mapping() == null ? Map.of() : spec.mapping();
        mapping.forEach((nameA, nameB) -> reverse.put(nameB, nameA));
    }

    /** B's partner of one of A's columns. */
    Optional<Column> ofA(Column column) {
        return partner(column.name(), mapping, reverse, b);
    }

    /** A's partner of one of B's columns. */
    Optional<Column> ofB(Column column) {
        return partner(column.name(), reverse, mapping, a);
    }

    /** A column that is called something else on the other side is not its namesake's partner. */
    private static Optional<Column> partner(
            String name, Map<String, String> there, Map<String, String> back, DescribedDataset other) {
        String wanted = there.getOrDefault(name, name);
        boolean taken = !there.containsKey(name) && back.containsKey(wanted);
        return taken ? Optional.empty() : other.column(wanted);
    }
}
