package io.parallax.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Compares the demo's tables through the REST API and shows what came out; a later run shows it again. */
public final class Demo {
    private final URI shown;
    private final String key;
    private final int port;
    private final String password;
    private final ApiClient api;

    /**
     * @param url where clients on this machine find the API
     * @param shown where others do
     * @param port the embedded PostgreSQL's
     * @param password the demo role's there
     */
    public Demo(URI url, URI shown, String key, int port, String password) {
        this.shown = shown;
        this.key = key;
        this.port = port;
        this.password = password;
        this.api = new ApiClient(url, key);
    }

    /** @param note where one run tells the next what it has made */
    public void run(Path note, PrintStream out) throws DemoFailedException, IOException, InterruptedException {
        DemoNote made = made(note);
        JsonNode orders = DemoDiff.summary(api, made.orders());
        JsonNode customers = DemoDiff.summary(api, made.customers());
        // Not before: a demo that failed is tried again at the next start.
        made.write(note);
        out.print(SummaryText.table(DemoDiff.ORDERS, made.orders(), orders));
        out.println();
        out.print(SummaryText.brief(DemoDiff.CUSTOMERS, made.customers(), customers));
        out.println();
        out.print(new NextSteps(shown, key).text(made));
    }

    /** Where the API is and what opens it, for those whose demo failed. */
    public String address() {
        return new NextSteps(shown, key).address();
    }

    private DemoNote made(Path note) throws DemoFailedException, IOException, InterruptedException {
        Optional<DemoNote> earlier = DemoNote.read(note).filter(found -> found.port() == port);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        return make();
    }

    private DemoNote make() throws DemoFailedException, IOException, InterruptedException {
        long production = new DemoSource("demo production", port, password).id(api);
        long replica = new DemoSource("demo replica", port, password).id(api);
        return new DemoNote(
                port,
                production,
                replica,
                start(DemoDiff.ORDERS, production, replica),
                start(DemoDiff.CUSTOMERS, production, replica));
    }

    private long start(DemoDiff diff, long production, long replica)
            throws DemoFailedException, IOException, InterruptedException {
        return api.post("/datadiffs", diff.body(production, replica)).path("id").asLong();
    }
}
