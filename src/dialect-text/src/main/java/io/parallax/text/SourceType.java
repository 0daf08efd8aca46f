package io.parallax.text;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A kind of source that data sources can be made of.
 *
 * @param type the word for programs
 * @param name the word for people
 */
public record SourceType(String type, String name, List<SourceOption> options) {
    public SourceType {
        options = List.copyOf(options);
    }

    /** The names of all that may be given. */
    public Set<String> optionNames() {
        return options.stream().map(SourceOption::name).collect(Collectors.toSet());
    }
}
