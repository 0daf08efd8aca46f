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
        refuseOpen(file);
        return Files.exists(file) ? Files.readString(file).strip() : keep(file, make.get());
    }

    /** What others can read is known to them, and what they can write to may be theirs. */
    private static void refuseOpen(Path file) throws IOException {
        if (Files.exists(file) && isOpen(file, "rwxrwxrwx")) {
            throw new StartRefusedException(
                    "The secret file " + file
                            + " can be read by others than its owner; take that away, as by chmod 600, and take what is in it for known.");
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null && Files.exists(directory) && isOpen(directory, "-w--w--w-")) {
            throw new StartRefusedException("The directory of secrets " + directory
                    + " can be written to by others than its owner; take that away, as by chmod 700.");
        }
    }

    /** Whether others than the owner may do any of this. */
    private static boolean isOpen(Path path, String deeds) throws IOException {
        Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(path);
        return PosixFilePermissions.fromString(deeds).stream()
                .filter(deed -> !deed.name().startsWith("OWNER"))
                .anyMatch(allowed::contains);
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
