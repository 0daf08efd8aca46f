package io.parallax.standalone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.standalone.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void isNamedByTheEnvironment() {
        assertThat(DataDirectory.named(Map.of("PARALLAX_DATA", temporary.toString())))
                .isEqualTo(temporary);
        assertThat(DataDirectory.named(Map.of("PARALLAX_DATA", " ")))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".parallax"));
        assertThat(DataDirectory.named(Map.of())).isEqualTo(Path.of(System.getProperty("user.home"), ".parallax"));
    }

    @Test
    void isItsOwnersAlone() throws IOException {
        Path root = root();
        try (DataDirectory data = DataDirectory.take(root, false)) {
            assertThat(data.secrets().toString()).doesNotContain(data.secrets().apiKey());
            assertThat(permissions(root)).isEqualTo("rwx------");
            assertThat(permissions(root.resolve("secrets"))).isEqualTo("rwx------");
            assertThat(permissions(root.resolve("secrets/api-key"))).isEqualTo("rw-------");
        }
    }

    @Test
    void servesOneProcessAtATime() throws IOException {
        Path root = root();
        try (DataDirectory first = DataDirectory.take(root, false)) {
            assertRefused(root, "Another Parallax is using the directory " + root);
        }
        DataDirectory.take(root, false).close();
    }

    @Test
    void keepsItsSecretsUntilTheyAreThrownAway() throws IOException {
        String key = apiKey(false);
        assertThat(apiKey(false)).isEqualTo(key).startsWith("plx_");
        assertThat(apiKey(true)).isNotEqualTo(key);
    }

    @Test
    void refusesASecretThatIsGone() throws IOException {
        apiKey(false);
        Files.createDirectories(root().resolve("postgresql"));
        Files.delete(root().resolve("secrets/api-key"));
        assertThatThrownBy(() -> apiKey(false))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("secrets/api-key is missing")
                .hasMessageContaining("--fresh");
    }

    @Test
    void refusesASecretThatOthersCanRead() throws IOException {
        String key = apiKey(false);
        for (String name :
                List.of("api-key", "sealing-key", "postgresql-superuser", "postgresql-store", "postgresql-demo")) {
            Path file = root().resolve("secrets").resolve(name);
            for (String open : List.of("rw-r-----", "rw----r--", "rw-rw-rw-", "rw--w----")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(open));
                assertThatThrownBy(() -> apiKey(false))
                        .isInstanceOf(StartRefusedException.class)
                        .hasMessageStartingWith("The secret file " + file + " can be read by others")
                        .hasMessageNotContaining(key);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
            assertThat(apiKey(false)).isEqualTo(key);
        }
        Files.setPosixFilePermissions(root().resolve("secrets"), PosixFilePermissions.fromString("rwxrwx---"));
        assertThatThrownBy(() -> apiKey(false))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("chmod 700");
    }

    @Test
    void throwsAwayEverythingWhenFresh() throws IOException {
        DataDirectory.take(root(), false).close();
        Files.createDirectories(root().resolve("kafka/log"));
        Files.writeString(root().resolve("kafka/log/0.log"), "old");
        Path outside = Files.writeString(temporary.resolve("outside"), "stays");
        Files.createSymbolicLink(root().resolve("link"), outside);

        DataDirectory.take(root(), true).close();

        assertThat(root().resolve("kafka")).doesNotExist();
        assertThat(root().resolve("link")).doesNotExist();
        assertThat(outside).exists();
    }

    @Test
    void refusesSignsThatItsServersTakeForSomethingElse() {
        assertRefused(root().resolve("a,b"), "has a comma, a quote or a backslash in its path");
        assertThat(root().resolve("a,b")).doesNotExist();
    }

    @Test
    void refusesADirectoryThatIsSomebodyElses() throws IOException {
        Files.createDirectories(root());
        Path photograph = Files.writeString(root().resolve("holiday.jpg"), "");
        assertRefused(root(), "holds files that are not Parallax's");
        assertThatThrownBy(() -> DataDirectory.take(root(), true)).isInstanceOf(StartRefusedException.class);
        assertThat(photograph).exists();
    }

    @Test
    void refusesWhatItCannotWriteTo() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertRefused(file, "cannot write to the directory " + file);
        assertRefused(file.resolve("below"), "name another with PARALLAX_DATA");
    }

    @Test
    void refusesDataOfANewerVersion() throws IOException {
        refusesVersion("layout=2\nkafka=4.1.1\npostgresql=18\n", "newer version of Parallax");
        refusesVersion("layout=1\nkafka=4.10.0\npostgresql=18\n", "newer version of Parallax");
        refusesVersion("layout=1\nkafka=4.1.1\npostgresql=19\n", "newer version of Parallax");
        refusesVersion("layout=1\nkafka=4.1.1\npostgresql=17\n", "is PostgreSQL 17's");
        refusesVersion("layout=one\n", "version is damaged");
    }

    @Test
    void takesDataOfAnOlderKafka() throws IOException {
        writeVersion("layout=1\nkafka=4.0.9\npostgresql=18\n");
        DataDirectory.take(root(), false).close();
        assertThat(root().resolve("version")).content().contains("kafka=" + DataVersion.CURRENT.kafka());
    }

    private void refusesVersion(String version, String sentence) throws IOException {
        writeVersion(version);
        assertRefused(root(), sentence);
        assertThat(root().resolve("version")).hasContent(version);
        DataDirectory.take(root(), true).close();
    }

    private void writeVersion(String version) throws IOException {
        DataDirectory.take(root(), false).close();
        Files.writeString(root().resolve("version"), version);
    }

    private void assertRefused(Path root, String sentence) {
        assertThatThrownBy(() -> DataDirectory.take(root, false))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(sentence);
    }

    private String apiKey(boolean fresh) throws IOException {
        try (DataDirectory data = DataDirectory.take(root(), fresh)) {
            return data.secrets().apiKey();
        }
    }

    private Path root() {
        return temporary.resolve("data");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
