package io.parallax.api.security;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.problems.Faults;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.FieldReader;
import io.parallax.api.requests.Ids;
import io.parallax.outcome.answer.Timestamps;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Keys to the API, for keys with the role admin. */
@Path("/api/v1/api_keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
public class ApiKeyResource {
    private static final String MOST_DIFFS = "max_active_diffs";
    private static final String SHARE =
            "How many of its diffs are begun at a time, others wait; null for as many as come.";

    private final ApiKeys keys;
    private final BodyShapes shapes;

    ApiKeyResource(ApiKeys keys, BodyShapes shapes) {
        this.keys = keys;
        this.shapes = shapes;
    }

    @GET
    @Operation(operationId = "listApiKeys", summary = "All API keys, without the keys themselves")
    public Uni<List<ApiKeyObject>> list() {
        return keys.all()
                .map(all -> all.stream().map(key -> ApiKeyObject.of(key, null)).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createApiKey",
            summary = "A new API key",
            description = "The answer has the key itself, this once; the store keeps a hash of it.")
    public Uni<ApiKeyObject> create(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = NewApiKey.class)))
                    byte[] body) {
        Faults faults = new Faults();
        FieldReader fields = shapes.fields("ApiKeyRequest", body, faults);
        fields.onlyKnows(List.of("name", "role", MOST_DIFFS));
        String name = fields.requiredText("name");
        if (name != null && name.length() > ApiKey.MAX_NAME) {
            fields.fault("name", "Must have at most " + ApiKey.MAX_NAME + " characters.", "too_long");
        }
        fields.requiredText("role");
        String role =
                fields.word("role", Arrays.stream(Role.values()).map(Role::word).toList());
        Integer mostDiffs = mostDiffs(fields);
        faults.refuse();
        String key = ApiKey.random();
        return keys.add(Objects.requireNonNull(name), Role.of(Objects.requireNonNull(role)), mostDiffs, key)
                .map(made -> ApiKeyObject.of(made, key));
    }

    private static @Nullable Integer mostDiffs(FieldReader fields) {
        Long most = fields.whole(MOST_DIFFS, 1, Integer.MAX_VALUE);
        return most == null ? null : most.intValue();
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeApiKey",
            summary = "Changes an API key",
            description = "A field that is not given stays. Diffs that are begun already go on.")
    public Uni<ApiKeyObject> change(
            @PathParam("id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Change.class)))
                    byte[] body) {
        long known = Ids.parse("API key", id);
        Faults faults = new Faults();
        FieldReader fields = shapes.fields("ApiKeyChange", body, faults);
        fields.onlyKnows(List.of(MOST_DIFFS));
        Integer mostDiffs = mostDiffs(fields);
        faults.refuse();
        return (fields.isThere(MOST_DIFFS) ? keys.limit(known, mostDiffs) : keys.existing(known))
                .map(key -> ApiKeyObject.of(key, null));
    }

    @DELETE
    @Path("{id}")
    // There is nothing to be read but problems, and generated clients accept nothing else.
    @Produces(MediaType.WILDCARD)
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revokes an API key for good",
            description = "The last key with the role admin stays.")
    @APIResponse(responseCode = "204", description = "It is revoked.")
    public Uni<Void> revoke(@PathParam("id") String id) {
        return keys.revoke(Ids.parse("API key", id));
    }

    /** A key to be. */
    @Schema(name = "ApiKeyRequest")
    public record NewApiKey(
            @Schema(description = "What it is for.", required = true, examples = "ci") String name,
            @Schema(
                            description = "What it may do: read, also write, also manage keys.",
                            required = true,
                            enumeration = {"read", "write", "admin"})
                    String role,
            @JsonProperty(MOST_DIFFS)
                    @Schema(name = MOST_DIFFS, description = SHARE, minimum = "1", nullable = true)
                    @Nullable
                    Integer maxActiveDiffs) {}

    /** A change of a key. */
    @Schema(name = "ApiKeyChange")
    public record Change(
            @JsonProperty(MOST_DIFFS)
                    @Schema(name = MOST_DIFFS, description = SHARE, minimum = "1", nullable = true)
                    @Nullable
                    Integer maxActiveDiffs) {}

    /** A key as the API shows it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "ApiKey", description = "A key to the API.")
    public record ApiKeyObject(
            @Schema(description = "Its id; diffs have it as user_id.", examples = "1") long id,
            @Schema(description = "What it is for.", examples = "ci") String name,
            @Schema(
                            description = "What it may do.",
                            enumeration = {"read", "write", "admin"})
                    String role,
            @Schema(description = SHARE, examples = "20") @Nullable Integer maxActiveDiffs,
            @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Schema(description = "The key itself; only in the answer that it is made by.")
                    @Nullable
                    String key,
            @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was made.")
                    OffsetDateTime createdAt,
            @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was revoked.") @Nullable
                    OffsetDateTime revokedAt) {
        static ApiKeyObject of(ApiKey stored, @Nullable String key) {
            return new ApiKeyObject(
                    stored.id,
                    stored.name,
                    stored.role,
                    stored.maxActiveDiffs,
                    key,
                    Timestamps.utc(stored.createdAt),
                    Timestamps.utcOrNull(stored.revokedAt));
        }
    }
}
