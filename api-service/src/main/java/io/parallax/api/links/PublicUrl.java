package io.parallax.api.links;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where others find this service, such as behind a proxy: links in answers begin with it. */
@ApplicationScoped
public class PublicUrl {
    private final String base;

    @Inject
    PublicUrl(@ConfigProperty(name = "parallax.public-url") Optional<String> url) {
        this(url.orElse(""));
    }

    /**
     * That one; an empty one stands for none.
     *
     * @throws IllegalArgumentException when it is no URL that links could begin with
     */
    public PublicUrl(String url) {
        String stripped = url.strip();
        if (!stripped.isEmpty() && !isBase(stripped)) {
            throw new IllegalArgumentException(
                    "PARALLAX_PUBLIC_URL is no URL that links could begin with; give one such as"
                            + " https://parallax.example.com, without user, query and fragment.");
        }
        this.base = stripped.replaceFirst("/+$", "");
    }

    private static boolean isBase(String text) {
        try {
            URI url = new URI(text);
            boolean isWeb = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            return isWeb
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The link to a path of this service; the path itself where nobody has said where it is found. */
    public String to(String path) {
        return base + path;
    }

    /** Without a slash at its end; empty where nobody has said it. */
    public String base() {
        return base;
    }
}
