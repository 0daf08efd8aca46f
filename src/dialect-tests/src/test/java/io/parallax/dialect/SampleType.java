package io.parallax.dialect;

import java.util.List;

/**
 * A type of a database.
 *
 * @param type as in a table's definition
 * @param keyed whether a key may have it
 * @param literals as SQL, each another value than all others
 */
record SampleType(String type, boolean keyed, List<String> literals) {
    SampleType {
        literals = List.copyOf(literals);
    }

    static SampleType key(String type, String... literals) {
        return new SampleType(type, true, List.of(literals));
    }

    static SampleType value(String type, String... literals) {
        return new SampleType(type, false, List.of(literals));
    }

    @Override
    public String toString() {
        return type;
    }
}
