package io.parallax.api;

import io.parallax.api.commands.Commands;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** Serves the API, or, told to by words on the command line, does one thing to the store and ends. */
@QuarkusMain(name = "api-service")
public final class ApiService {
    private ApiService() {}

    /** Runs. */
    public static void main(String... args) {
        if (args.length == 0) {
            Quarkus.run(args);
        } else {
            System.exit(new Commands(System.getenv(), System.out, System.err).run(List.of(args)));
        }
    }
}
