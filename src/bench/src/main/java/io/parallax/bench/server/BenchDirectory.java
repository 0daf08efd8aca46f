package io.parallax.bench.server;

import io.parallax.standalone.embedded.Directories;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where the tables are kept between runs, for one run at a time. */
public final class BenchDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private BenchDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Below the user's cache directory. */
    public static Path standard(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path parent = cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return parent.resolve("parallax-bench").toAbsolutePath().normalize();
    }

    /**
     * Takes the directory, made when missing.
     *
     * @param fresh throws away the tables of earlier runs
     * @throws IOException in a sentence, when another run uses it
     */
    public static BenchDirectory take(Path root, boolean fresh) throws IOException {
        Files.createDirectories(
                root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        BenchDirectory directory = new BenchDirectory(root, lock(root));
        Directories.delete(directory.services());
        if (fresh) {
            for (String kept : List.of("a", "b", "password")) {
                Directories.delete(root.resolve(kept));
            }
        }
        return directory;
    }

    /** Of one side's server. */
    Path side(String name) {
        return root.resolve(name);
    }

    /** The store, Kafka's records and all logs; every run starts without. */
    Path services() {
        return root.resolve("services");
    }

    Path binaries() {
        return root.resolve("postgresql-binaries");
    }

    /** Of the kept servers. */
    String password() throws IOException {
        Path file = root.resolve("password");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, UUID.randomUUID().toString());
        }
        return Files.readString(file);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("bench.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
        }
        channel.close();
        throw new IOException("Another run uses " + root + "; wait for it, or name another directory with --data.");
    }
}
