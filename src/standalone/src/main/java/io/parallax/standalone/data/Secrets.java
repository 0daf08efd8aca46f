package io.parallax.standalone.data;

import io.parallax.contract.seal.SealingKey;
import java.io.IOException;

/**
 * What nobody else may know; all of it is made before there is any data, and kept beside it.
 *
 * @param sealingKey seals the connection details of sources, at rest and in messages
 * @param apiKey what a client sends
 * @param superuserPassword the embedded PostgreSQL's
 * @param storePassword of the services' role there
 * @param demoPassword of the role that reads the demo's tables
 */
public record Secrets(
        String sealingKey, String apiKey, String superuserPassword, String storePassword, String demoPassword) {
    static Secrets kept(SecretFiles files) throws IOException {
        return new Secrets(
                files.kept("sealing-key", SealingKey::random),
                files.kept("api-key", () -> "plx_" + SecretFiles.random()),
                files.kept("postgresql-superuser", SecretFiles::random),
                files.kept("postgresql-store", SecretFiles::random),
                files.kept("postgresql-demo", SecretFiles::random));
    }

    /** None of them. */
    @Override
    public String toString() {
        return "Secrets";
    }
}
