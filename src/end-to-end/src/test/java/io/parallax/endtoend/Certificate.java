package io.parallax.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.UUID;

/** A certificate for 127.0.0.1 that nobody but itself vouches for, and its key. */
final class Certificate {
    private static final String ALIAS = "server";

    private final String password = "store-" + UUID.randomUUID();
    private final Path store;
    private final Path chain;
    private final Path key;

    private Certificate(Path directory) {
        store = directory.resolve("server.p12");
        chain = directory.resolve("server.crt");
        key = directory.resolve("server.key");
    }

    /** Made by the JDK's own tool. */
    static Certificate make(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Certificate made = new Certificate(directory);
        made.generate();
        try (InputStream stored = Files.newInputStream(made.store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(stored, made.password.toCharArray());
            write(made.chain, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
            write(
                    made.key,
                    "PRIVATE KEY",
                    keys.getKey(ALIAS, made.password.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return made;
    }

    private void generate() throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        password)
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    /** Readable for its owner alone, as servers want keys to be. */
    private static void write(Path file, String kind, byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                        + "-----\n");
    }

    /** Both in one file of type PKCS12. */
    Path store() {
        return store;
    }

    String password() {
        return password;
    }

    /** In PEM format. */
    Path chain() {
        return chain;
    }

    /** In PEM format. */
    Path key() {
        return key;
    }
}
