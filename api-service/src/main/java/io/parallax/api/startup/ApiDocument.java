package io.parallax.api.startup;

import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** What the API document says about the API as a whole. */
@OpenAPIDefinition(
        info = @Info(title = "Parallax", version = "v1", description = "Tells, exactly, how two tables differ."),
        security = @SecurityRequirement(name = "ApiKey"))
@SecurityScheme(
        securitySchemeName = "ApiKey",
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.HEADER,
        apiKeyName = "Authorization",
        description = "Key <api_key>")
public final class ApiDocument {
    private ApiDocument() {}
}
