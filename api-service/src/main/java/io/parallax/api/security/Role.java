package io.parallax.api.security;

import io.parallax.api.links.AdminPaths;
import java.util.Locale;

/** What an API key may do; each role may do what the ones before it may. */
public enum Role {
    READ,
    WRITE,
    ADMIN;

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
        return AdminPaths.have(path) ? ADMIN : neededFor(method);
    }

    private static Role neededFor(String method) {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS" -> READ;
            default -> WRITE;
        };
    }
}
