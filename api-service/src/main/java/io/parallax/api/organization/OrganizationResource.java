package io.parallax.api.organization;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.security.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who one is here; existing clients ask this first. */
@Path("/api/v1/organization")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Organization")
public class OrganizationResource {
    private static final long THE_ONE = 1;

    private final Caller caller;
    private final String name;

    OrganizationResource(
            Caller caller, @ConfigProperty(name = "parallax.organization", defaultValue = "Parallax") String name) {
        this.caller = caller;
        this.name = name;
    }

    @GET
    @Path("meta")
    @Operation(operationId = "organizationMeta", summary = "The organization and the user behind an API key")
    public Meta meta() {
        return new Meta(THE_ONE, name, caller.id());
    }

    /** The organization and the user behind an API key. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "OrganizationMeta", description = "The organization and the user behind an API key.")
    public record Meta(
            @Schema(description = "The organization's id.", examples = "1") long orgId,
            @Schema(description = "The organization's name.", examples = "Parallax") String orgName,
            @Schema(description = "The id of the API key.", examples = "1") long userId) {}
}
