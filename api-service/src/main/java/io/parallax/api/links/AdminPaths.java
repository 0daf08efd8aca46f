package io.parallax.api.links;

import java.util.Set;

/** Where only admins are let in: keys, the receivers of events, and who has done what. */
public final class AdminPaths {
    private static final Set<String> ALL = Set.of("/api/v1/api_keys", "/api/v1/webhooks", "/api/v1/audit");

    private AdminPaths() {}

    public static boolean have(String path) {
        return ALL.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
    }
}
