package io.parallax.text;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All dialects that there are in text; found by {@link ServiceLoader}. */
public final class TextDialects {
    /** What plans speak that do not say so. */
    private static final String OF_OLD_PLANS = "postgres";

    private static final List<TextDialect> ALL =
            ServiceLoader.load(TextDialect.class, TextDialects.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparing(TextDialect::id))
                    .toList();

    private TextDialects() {}

    /** The dialect that a plan names; null for one of a plan that names none. Empty for one that a later version has. */
    public static Optional<TextDialect> named(@Nullable String id) {
        String known = id == null ? OF_OLD_PLANS : id;
        return ALL.stream().filter(dialect -> dialect.id().equals(known)).findFirst();
    }

    /** The dialect of plans that name none. */
    public static TextDialect ofOldPlans() {
        return named(null).orElseThrow();
    }

    /** The types that data sources may be of. */
    public static Stream<SourceType> sourceTypes() {
        return ALL.stream().flatMap(dialect -> dialect.sourceTypes().stream());
    }

    /** The one of that name. */
    public static Optional<SourceType> sourceType(String type) {
        return sourceTypes().filter(known -> known.type().equals(type)).findFirst();
    }

    /** The names of all types, for people. */
    public static String sourceTypeNames() {
        return sourceTypes().map(SourceType::type).collect(Collectors.joining(", "));
    }
}
