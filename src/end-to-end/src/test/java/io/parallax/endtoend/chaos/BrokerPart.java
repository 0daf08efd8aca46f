package io.parallax.endtoend.chaos;

import io.parallax.endtoend.ServiceProcess;
import io.parallax.standalone.embedded.FreePort;
import io.parallax.standalone.embedded.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Kafka in a process of its own. */
final class BrokerPart extends ProcessPart {
    private final Path directory;
    private final int port = FreePort.any();
    private final int advertisedPort;
    private Process process;

    /** {@code directory}: where it keeps its records; its log stands beside it. */
    BrokerPart(Path directory, Wire wire) throws IOException {
        super("kafka");
        this.directory = directory;
        this.advertisedPort = wire.port();
        wire.leadTo(port);
        process = launch();
    }

    private Process launch() throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        line.addAll(ServiceProcess.SOON_READY);
        line.addAll(List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerPart.class.getName(),
                directory.toString(),
                Integer.toString(port),
                Integer.toString(advertisedPort)));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolveSibling("kafka.log").toFile()))
                .start();
    }

    /** The broker's process; it ends with whoever started it, whose end closes its input. */
    public static void main(String[] arguments) throws IOException {
        KafkaBroker broker = KafkaBroker.start(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
        while (System.in.read() != -1) {
            // Nothing is ever written.
        }
        System.exit(0);
    }

    @Override
    List<ProcessHandle> processes() {
        return List.of(process.toHandle());
    }

    @Override
    void start() throws IOException {
        process = launch();
    }

    @Override
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    void forget() {
        // It holds nothing here.
    }
}
