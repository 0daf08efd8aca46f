package io.parallax.api.events;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The words in which a receiver is told of events. */
enum WebhookFormat {
    /** CloudEvents 1.0, in structured JSON. */
    CLOUDEVENTS(CloudEvent.CONTENT_TYPE) {
        @Override
        byte[] body(CloudEvent event, String source) {
            return event.json(source);
        }
    },
    /** A sentence for people, as incoming webhooks of Slack, Mattermost and others take it. */
    SLACK("application/json") {
        @Override
        byte[] body(CloudEvent event, String source) {
            return SlackMessage.json(event);
        }
    };

    final String contentType;

    WebhookFormat(String contentType) {
        this.contentType = contentType;
    }

    /** What is posted. */
    abstract byte[] body(CloudEvent event, String source);

    /** As clients write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WebhookFormat of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    static List<String> words() {
        return Arrays.stream(values()).map(WebhookFormat::word).toList();
    }
}
