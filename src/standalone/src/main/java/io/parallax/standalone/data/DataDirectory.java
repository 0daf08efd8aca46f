package io.parallax.standalone.data;

import io.parallax.standalone.StartRefusedException;
import io.parallax.standalone.embedded.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where everything that outlives a run is kept, and for whom. */
public final class DataDirectory implements AutoCloseable {
    /** The environment variable that names the directory. */
    public static final String VARIABLE = "PARALLAX_DATA";

    private final Path root;
    private final DirectoryLock lock;

    private DataDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /** The directory that the environment names, {@code ~/.parallax} otherwise. */
    public static Path named(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "").strip();
        Path path = named.isEmpty() ? Path.of(System.getProperty("user.home"), ".parallax") : Path.of(named);
        return path.toAbsolutePath().normalize();
    }

    /**
     * Takes the directory for this process alone, made when missing.
     *
     * @param fresh throws away what earlier runs kept there
     * @throws StartRefusedException when it cannot be written, is in use, is not ours or is of a newer version
     */
    public static DataDirectory take(Path root, boolean fresh) {
        refuseSigns(root);
        try {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            refuseForeign(root);
            return taken(root, DirectoryLock.take(root), fresh);
        } catch (IOException e) {
            throw new StartRefusedException(
                    "Parallax cannot write to the directory " + root + "; make it writable, or name another with "
                            + VARIABLE + ".",
                    e);
        }
    }

    /** Made at the first start and never again until {@code fresh}; ask before anything else is made here. */
    public Secrets secrets() throws IOException {
        return Secrets.kept(new SecretFiles(root.resolve("secrets"), Files.exists(postgresql())));
    }

    public Path postgresql() {
        return root.resolve("postgresql");
    }

    public Path postgresqlBinaries() {
        return root.resolve("postgresql-binaries");
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** A small file for what one run wants the next to know. */
    public Path note(String name) {
        return root.resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static DataDirectory taken(Path root, DirectoryLock lock, boolean fresh) throws IOException {
        try {
            if (fresh) {
                empty(root);
            }
            DataVersion.check(root);
            return new DataDirectory(root, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Kafka takes a comma for the end of a path, PostgreSQL a quote for the end of a word. */
    private static void refuseSigns(Path root) {
        if (root.toString().chars().anyMatch(sign -> ",\"'\\\n".indexOf(sign) >= 0)) {
            throw new StartRefusedException("The directory " + root
                    + " has a comma, a quote or a backslash in its path; name one without with " + VARIABLE + ".");
        }
    }

    /** A typing error in the name must not cost anybody a directory of their own. */
    private static void refuseForeign(Path root) throws IOException {
        List<Path> entries = entries(root);
        if (!entries.isEmpty() && !entries.contains(DirectoryLock.in(root))) {
            throw new StartRefusedException("The directory " + root
                    + " holds files that are not Parallax's; name an empty or a new one with " + VARIABLE + ".");
        }
    }

    private static void empty(Path root) throws IOException {
        for (Path entry : entries(root)) {
            if (!entry.equals(DirectoryLock.in(root))) {
                Directories.delete(entry);
            }
        }
    }

    private static List<Path> entries(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.toList();
        }
    }
}
