package io.parallax.api.events;

import java.net.URI;
import java.util.List;

/**
 * Where a delivery goes to.
 *
 * @param secrets that it is signed with, the newest first
 */
record Receiver(long webhook, URI url, WebhookFormat format, List<WebhookSecret> secrets) {
    Receiver {
        secrets = List.copyOf(secrets);
    }
}
