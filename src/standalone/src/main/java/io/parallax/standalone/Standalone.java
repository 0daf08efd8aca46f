package io.parallax.standalone;

import io.parallax.standalone.data.DataDirectory;
import io.parallax.standalone.data.Secrets;
import io.parallax.standalone.embedded.KafkaBroker;
import io.parallax.standalone.embedded.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;

/** One run, from the data directory to the last server stopped. */
final class Standalone {
    private final Map<String, String> environment;
    private final OpenResources open = new OpenResources();

    Standalone(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Serves until the process is told to end; the exit code.
     *
     * @throws StartRefusedException when it cannot serve; everything that was started has ended then
     */
    int run(Options options) {
        Runtime.getRuntime().addShutdownHook(new Thread(open::close, "parallax-stop"));
        EarlyLog.hush();
        try {
            return serve(options);
        } catch (Exception | LinkageError e) {
            if (open.ending()) {
                return 0;
            }
            throw e instanceof StartRefusedException refused
                    ? refused
                    : new StartRefusedException("Parallax did not start: " + e.getMessage(), e);
        } finally {
            open.close();
            EarlyLog.discard();
        }
    }

    private int serve(Options options) throws Exception {
        HttpAddress address = HttpAddress.claimed(environment, options.port());
        HttpAddress management = HttpAddress.management(environment, address);
        Path root = DataDirectory.named(environment);
        DataDirectory data = open.open(() -> DataDirectory.take(root, options.fresh()));
        say("Parallax starts; its data is kept in " + root);
        try {
            return serve(address, management, data);
        } catch (Exception e) {
            EarlyLog.keep(data.logs(), e);
            throw e;
        }
    }

    private int serve(HttpAddress address, HttpAddress management, DataDirectory data) throws Exception {
        Secrets secrets = data.secrets();
        PostgresServer postgres = open.open(() -> Store.start(data, secrets));
        say("PostgreSQL " + PostgresServer.MAJOR + " runs on " + PostgresServer.HOST + ":" + postgres.port());
        KafkaBroker kafka = open.open(() -> KafkaBroker.start(data.kafka()));
        say("Kafka " + AppInfoParser.getVersion() + " runs on " + kafka.bootstrapServers());
        say("Health and metrics are at " + management.url() + "/q/health and /q/metrics");
        ServiceSettings.of(address, management, data, secrets, postgres, kafka).apply();
        return open.open(Services::new).run(data.logs());
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
