package io.parallax.api.events;

import io.parallax.api.problems.Faults;
import io.parallax.api.requests.FieldReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A webhook as somebody asks for it. */
record WebhookDraft(String url, WebhookSecret secret, Webhook.Subscription what) {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_URL = 2000;

    /**
     * From a request's fields.
     *
     * @throws io.parallax.api.problems.InvalidRequestException when something is wrong with them
     */
    static WebhookDraft of(FieldReader fields, Faults faults) {
        fields.onlyKnows(List.of("url", "secret", "events", "every_diff", "only_if", "format"));
        String url = url(fields);
        WebhookSecret secret = secret(fields);
        String condition = fields.word("only_if", OnlyIf.words());
        OnlyIf onlyIf = condition == null ? OnlyIf.ALWAYS : OnlyIf.of(condition);
        List<String> events = events(fields, onlyIf);
        String format = fields.word("format", WebhookFormat.words());
        boolean everyDiff = !fields.isGiven("every_diff") || fields.flag("every_diff");
        faults.refuse();
        return new WebhookDraft(
                Objects.requireNonNull(url),
                Objects.requireNonNull(secret),
                new Webhook.Subscription(
                        events,
                        everyDiff,
                        onlyIf,
                        format == null ? WebhookFormat.CLOUDEVENTS : WebhookFormat.of(format)));
    }

    private static @Nullable String url(FieldReader fields) {
        String url = fields.requiredText("url");
        if (url != null && !isHttp(url)) {
            fields.fault(
                    "url", "Must be a URL that begins with https:// or http://, without user and password.", "url");
        }
        return url;
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = new URI(url);
            return url.length() <= MAX_URL
                    && Set.of("http", "https")
                            .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
                    && uri.getPort() <= MAX_PORT
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The one that is given, or one that nobody has; null for one that is none. */
    static @Nullable WebhookSecret secret(FieldReader fields) {
        String text = fields.text("secret");
        if (text == null) {
            return WebhookSecret.random();
        }
        if (text.length() < WebhookSecret.MIN) {
            fields.fault("secret", "Must have at least " + WebhookSecret.MIN + " characters.", "too_short");
            return null;
        }
        if (text.length() > WebhookSecret.MAX) {
            fields.fault("secret", "Must have at most " + WebhookSecret.MAX + " characters.", "too_long");
            return null;
        }
        WebhookSecret secret = new WebhookSecret(text);
        if (!secret.isSound()) {
            fields.fault(
                    "secret",
                    "After whsec_ there must be Base64 of at least " + WebhookSecret.MIN + " bytes.",
                    "base64");
        }
        return secret;
    }

    /** What would never be told is not asked for by anybody who knows it. */
    private static @Nullable List<String> events(FieldReader fields, OnlyIf onlyIf) {
        List<String> events = fields.words("events", EventType.words());
        if (events != null && !onlyIf.events.containsAll(events)) {
            fields.fault(
                    "events",
                    "With only_if " + onlyIf.word() + " there are no others than " + String.join(", ", onlyIf.events)
                            + ".",
                    "conflict");
        }
        return events;
    }
}
