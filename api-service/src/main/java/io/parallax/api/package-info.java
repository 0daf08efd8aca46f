/**
 * The API service: REST in front, the store behind, Kafka at the side. It issues work, adds up what comes back and
 * finishes diffs; whatever needs a source is a worker's.
 */
@OpenAPIDefinition(
        info = @Info(title = "Parallax", version = "v1", description = "Tells, exactly, how two tables differ."),
        security = @SecurityRequirement(name = "ApiKey"),
        components =
                @Components(
                        responses =
                                @APIResponse(
                                        name = "Problem",
                                        description = "Whatever is not a success.",
                                        content =
                                                @Content(
                                                        mediaType = Problem.MEDIA_TYPE,
                                                        schema = @Schema(implementation = Problem.class))),
                        securitySchemes =
                                @SecurityScheme(
                                        securitySchemeName = "ApiKey",
                                        type = SecuritySchemeType.APIKEY,
                                        in = SecuritySchemeIn.HEADER,
                                        apiKeyName = "Authorization",
                                        description = "Key <api_key>")))
@NullMarked
package io.parallax.api;

import io.parallax.api.problems.Problem;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.jspecify.annotations.NullMarked;
