package io.parallax.api.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.messaging.EventOutlet;
import io.parallax.api.requests.Timestamps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;

/** Tells what became of requests that came by message. */
@ApplicationScoped
public class RequestAnswers {
    private static final String ACCEPTED = "io.parallax.request.accepted";
    private static final String REFUSED = "io.parallax.request.refused";

    private final EventOutlet outlet;
    private final EventSettings settings;
    private final ObjectMapper mapper;

    RequestAnswers(EventOutlet outlet, EventSettings settings, ObjectMapper mapper) {
        this.outlet = outlet;
        this.settings = settings;
        this.mapper = mapper;
    }

    /** The request made this diff, now or before. */
    public Uni<Void> accepted(String request, long diff) {
        return send(ACCEPTED, request, diff, mapper.createObjectNode().put("id", diff));
    }

    /** The request made none; {@code reasons} has a {@code detail} as problems have it. */
    public Uni<Void> refused(String request, ObjectNode reasons) {
        return send(REFUSED, request, 0, reasons);
    }

    private Uni<Void> send(String type, String request, long key, ObjectNode data) {
        ObjectNode event = mapper.createObjectNode();
        event.put("specversion", "1.0");
        // One answer to a request, however often it is given.
        event.put("id", "answer:" + request);
        event.put("source", settings.source());
        event.put("type", type);
        event.put("subject", "requests/" + request);
        event.put("time", Timestamps.text(Timestamps.now()));
        event.put("datacontenttype", "application/json");
        event.set("data", data.put("request_id", request));
        return outlet.send(key, event.toString().getBytes(StandardCharsets.UTF_8), CloudEvent.CONTENT_TYPE);
    }
}
