package io.parallax.engine.postgres.session;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a session was told beyond what every session is, by name. */
final class ToldSettings {
    private static final Set<String> OF_LITERALS =
            Set.of("array_nulls", "datestyle", "intervalstyle", "lc_monetary", "timezone", "xmloption");

    private final Map<String, String> told = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Notes what it has been told, or is about to be. */
    void remember(@Nullable Map<String, String> settings) {
        if (settings != null) {
            told.putAll(settings);
        }
    }

    Map<String, String> all() {
        return Map.copyOf(told);
    }

    /** The statement that has names mean in another session of the login what they mean in this one. */
    String names() {
        return SessionSettings.namesOf(told.get("search_path"));
    }

    /** The statement that has plans made again as this one's are. */
    String plans() {
        return SessionSettings.plansOf(told.get("plan_cache_mode"));
    }

    /** Those that literals in queries are read by, by name. */
    Map<String, String> literals() {
        Map<String, String> settings = new TreeMap<>(told);
        settings.keySet().removeIf(name -> !OF_LITERALS.contains(name.toLowerCase(Locale.ROOT)));
        return settings;
    }
}
