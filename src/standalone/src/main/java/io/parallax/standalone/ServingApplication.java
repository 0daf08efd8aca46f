package io.parallax.standalone;

import io.parallax.api.links.PublicUrl;
import io.parallax.standalone.demo.Demo;
import io.parallax.standalone.demo.DemoFailedException;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Runs once the services are up: shows the demo, says how to go on, and serves. */
final class ServingApplication implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(ServingApplication.class);

    private final StandaloneConfig config;
    private final String apiKey;
    private final int postgresPort;
    private final URI shown;

    ServingApplication(
            StandaloneConfig config,
            PublicUrl publicUrl,
            @ConfigProperty(name = "parallax.bootstrap-api-key") String apiKey,
            @ConfigProperty(name = "parallax.store.port") int postgresPort) {
        this.config = config;
        this.shown = publicUrl.base().isEmpty() ? config.url() : URI.create(publicUrl.base());
        this.apiKey = apiKey;
        this.postgresPort = postgresPort;
    }

    @Override
    public int run(String... arguments) {
        System.out.printf("The services run after %d s.%n%n", secondsSinceStart());
        demonstrate();
        System.out.printf("%nParallax serves until Ctrl-C; the API is described at %s/q/swagger-ui%n", shown);
        Quarkus.waitForExit();
        return 0;
    }

    /** Parallax is there to be used, with or without its demo. */
    private void demonstrate() {
        Demo demo = new Demo(config.url(), shown, apiKey, postgresPort, config.demoPassword());
        try {
            demo.run(config.demoNote(), System.out);
        } catch (DemoFailedException | IOException e) {
            if (!ApplicationLifecycleManager.isVmShuttingDown()) {
                LOG.warnf(e, "The demo did not run: %s", e.getMessage());
                System.out.print(demo.address());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long secondsSinceStart() {
        return (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1000;
    }
}
