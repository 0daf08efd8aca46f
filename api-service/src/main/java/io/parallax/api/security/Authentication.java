package io.parallax.api.security;

import io.parallax.api.problems.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets in who has a valid key, on every address under {@code /api}, known or not. */
public class Authentication {
    private static final Pattern HEADER = Pattern.compile("(?:key|bearer) +(\\S+) *", Pattern.CASE_INSENSITIVE);

    private final ApiKeys keys;
    private final Caller caller;
    private final RateLimits limits;
    private final InvalidKeys invalid;
    private final HttpServerRequest http;

    Authentication(ApiKeys keys, Caller caller, RateLimits limits, InvalidKeys invalid, HttpServerRequest http) {
        this.keys = keys;
        this.caller = caller;
        this.limits = limits;
        this.invalid = invalid;
        this.http = http;
    }

    @ServerRequestFilter(preMatching = true)
    public @Nullable Uni<Response> authenticate(ContainerRequestContext request) {
        if (!request.getUriInfo().getPath().startsWith("/api")) {
            return null;
        }
        return known(sentKey(request.getHeaderString(HttpHeaders.AUTHORIZATION)))
                .invoke(key -> admit(key, request))
                .replaceWith((Response) null);
    }

    /**
     * Lets in whoever has a key to read pages with.
     *
     * @param key as it was typed, or null
     * @param header as it was sent, or null; the other one wins
     */
    public Uni<Void> mayRead(@Nullable String key, @Nullable String header) {
        return Uni.createFrom()
                .deferred(() -> known(key == null ? sentKey(header) : key.strip()))
                .invoke(known -> {
                    if (known == null) {
                        throw unknown();
                    }
                    limits.take(known.id(), this::tell);
                })
                .replaceWithVoid();
    }

    /** Whose key it is; null for nobody's. */
    private Uni<@Nullable KnownKey> known(String key) {
        SocketAddress from = http.remoteAddress();
        InvalidKeys.Question question = invalid.ask(from == null ? null : from.hostAddress(), key, this::tell);
        return keys.valid(key).onItemOrFailure().invoke((known, failure) -> {
            if (failure == null) {
                invalid.answered(question, known != null);
            } else {
                invalid.unanswered(question);
            }
        });
    }

    private void tell(Allowance allowance) {
        allowance.tell(http.response());
    }

    private static ProblemException unknown() {
        return new ProblemException(401, "This API key is unknown or revoked.");
    }

    private static String sentKey(@Nullable String header) {
        if (header == null) {
            throw new ProblemException(401, "Send your API key in a header: Authorization: Key <api_key>.");
        }
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new ProblemException(401, "The header Authorization reads: Key <api_key>.");
        }
        return matcher.group(1);
    }

    private void admit(@Nullable KnownKey key, ContainerRequestContext request) {
        if (key == null) {
            throw unknown();
        }
        caller.is(key.id());
        limits.take(key.id(), this::tell);
        Role needed = Role.neededFor(request.getMethod(), request.getUriInfo().getPath());
        if (!key.role().includes(needed)) {
            throw new ProblemException(
                    403, "This API key has the role " + key.role().word() + "; this call needs " + needed.word() + ".");
        }
    }
}
