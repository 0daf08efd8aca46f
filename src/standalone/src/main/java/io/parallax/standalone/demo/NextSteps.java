package io.parallax.standalone.demo;

import java.net.URI;

/** How to go on from the demo: lines that work when they are pasted into a shell. */
record NextSteps(URI url, String key) {
    String address() {
        return "url: %1$s%nkey: %2$s%nexport URL=%1$s KEY=%2$s%n".formatted(url, key);
    }

    String text(DemoNote made) {
        return """
                %s
                # Start a diff, read the figures of one that is done, the rows that differ, all about it:
                curl -s -X POST %s -d '%s'
                curl -s %s
                curl -s %s
                curl -s %s
                """
                .formatted(
                        address(),
                        request("/datadiffs") + " -H 'Content-Type: application/json'",
                        DemoDiff.CUSTOMERS.body(made.production(), made.replica()),
                        request("/datadiffs/" + made.customers() + "/summary_results"),
                        request("/datadiffs/" + made.customers() + "/results"),
                        request("/datadiffs/" + made.customers()));
    }

    private String request(String path) {
        return "%s/api/v1%s -H 'Authorization: Key %s'".formatted(url, path, key);
    }
}
