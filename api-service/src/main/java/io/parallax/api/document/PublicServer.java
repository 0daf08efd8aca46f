package io.parallax.api.document;

import io.parallax.api.links.PublicUrl;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** Names the server in the API document by where others find it. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.RUNTIME_STARTUP)
public class PublicServer implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        String url = new PublicUrl(ConfigProvider.getConfig()
                        .getOptionalValue("parallax.public-url", String.class)
                        .orElse(""))
                .base();
        if (!url.isEmpty()) {
            document.setServers(List.of(OASFactory.createServer().url(url).description("This installation.")));
        }
    }
}
