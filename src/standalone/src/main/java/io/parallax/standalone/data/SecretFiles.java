package io.parallax.standalone.data;

import io.parallax.standalone.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One secret a file, for their owner's eyes.
 *
 * @param complete there is data that was made with these secrets: a new one would be of no use
 */
record SecretFiles(Path directory, boolean complete) {
    private static final int BYTES = 24;

    /** The secret of this name, made now if there is none. */
    String kept(String name, Supplier<String> make) throws IOException {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Files.readString(file).strip() : keep(file, make.get());
    }

    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String keep(Path file, String secret) throws IOException {
        if (complete) {
            throw new StartRefusedException("The file " + file
                    + " is missing, and the data beside it is of no use without; put it back, or throw the data away"
                    + " with --fresh.");
        }
        Files.createDirectories(directory, only("rwx------"));
        Path draft = Files.createTempFile(directory, "draft", "", only("rw-------"));
        Files.writeString(draft, secret + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return secret;
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
