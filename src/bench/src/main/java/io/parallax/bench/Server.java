package io.parallax.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** The PostgreSQL that holds the tables: a given one, or one that lives as long as this. */
final class Server implements AutoCloseable {
    private final Address address;
    private final @Nullable EmbeddedPostgres own;

    private Server(Address address, @Nullable EmbeddedPostgres own) {
        this.address = address;
        this.own = own;
    }

    static Server open(@Nullable Address given) throws IOException {
        if (given != null) {
            return new Server(given, null);
        }
        EmbeddedPostgres own = EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("max_wal_size", "8GB")
                .setServerConfig("max_connections", "100")
                .start();
        return new Server(new Address("127.0.0.1", own.getPort(), "postgres", "postgres", "postgres"), own);
    }

    Address address() {
        return address;
    }

    Connection connect() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {address.host()});
        source.setPortNumbers(new int[] {address.port()});
        source.setDatabaseName(address.database());
        source.setUser(address.user());
        source.setPassword(address.password());
        source.setApplicationName("parallax-bench");
        return source.getConnection();
    }

    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
    }
}
