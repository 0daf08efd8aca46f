package io.parallax.api.security;

import java.util.Locale;
import java.util.Set;

/** What an API key may do; each role may do what the ones before it may. */
public enum Role {
    READ,
    WRITE,
    ADMIN;

    private static final Set<String> OF_ADMINS = Set.of("/api/v1/api_keys", "/api/v1/webhooks", "/api/v1/audit");

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** What a request needs. */
    static Role neededFor(String method, String path) {
        return OF_ADMINS.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"))
                ? ADMIN
                : neededFor(method);
    }

    private static Role neededFor(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> READ;
            default -> WRITE;
        };
    }
}
