package io.parallax.standalone.data;

import io.parallax.contract.seal.SealingKey;
import io.parallax.standalone.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/** Made once, then kept in files that their owner alone may read. */
public final class Secrets {
    private static final int BYTES = 24;

    private final Path directory;
    private final boolean complete;

    /** @param complete there is data that was made with these secrets: a new one would be of no use */
    Secrets(Path directory, boolean complete) {
        this.directory = directory;
        this.complete = complete;
    }

    /** Seals the connection details of sources, at rest and in messages. */
    public String sealingKey() {
        return kept("sealing-key", SealingKey::random);
    }

    /** The key that a client sends. */
    public String apiKey() {
        return kept("api-key", () -> "plx_" + random());
    }

    /** The password of a role of the embedded PostgreSQL. */
    public String password(String role) {
        return kept("postgresql-" + role, Secrets::random);
    }

    private String kept(String name, Supplier<String> make) {
        Path file = directory.resolve(name);
        try {
            return Files.exists(file) ? Files.readString(file).strip() : keep(file, make.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String keep(Path file, String secret) throws IOException {
        if (complete) {
            throw new StartRefusedException("The file " + file
                    + " is missing, and the data beside it is of no use without; put it back, or throw the data away"
                    + " with --fresh.");
        }
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createTempFile(
                directory,
                "draft",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, secret + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return secret;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
