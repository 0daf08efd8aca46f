package io.parallax.endtoend.chaos;

import io.parallax.standalone.embedded.PostgresServer;
import io.parallax.standalone.embedded.PostgresSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server with its backends. */
final class PostgresPart extends ProcessPart {
    private final PostgresSettings settings;
    private PostgresServer server;

    PostgresPart(String name, PostgresSettings settings) throws IOException {
        super(name);
        this.settings = settings;
        this.server = PostgresServer.start(settings);
    }

    PostgresServer server() {
        return server;
    }

    /** A superuser's session, by no wire. */
    Connection connect(String database) throws SQLException {
        return server.database(database).getConnection();
    }

    @Override
    List<ProcessHandle> processes() {
        List<ProcessHandle> all = new ArrayList<>();
        postmaster().ifPresent(postmaster -> {
            all.add(postmaster);
            postmaster.descendants().forEach(all::add);
        });
        return all;
    }

    private Optional<ProcessHandle> postmaster() {
        try {
            String pid = Files.readAllLines(settings.directory().resolve("data").resolve("postmaster.pid"))
                    .get(0);
            return ProcessHandle.of(Long.parseLong(pid.strip())).filter(ProcessHandle::isAlive);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    void start() throws IOException {
        server = PostgresServer.start(settings);
    }

    @Override
    void stop() throws IOException {
        server.close();
    }

    @Override
    void forget() throws IOException {
        server.close();
    }
}
