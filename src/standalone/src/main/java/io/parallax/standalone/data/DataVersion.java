package io.parallax.standalone.data;

import io.parallax.standalone.StartRefusedException;
import io.parallax.standalone.embedded.PostgresServer;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * What wrote a data directory.
 *
 * @param layout the number of the directory's own arrangement
 * @param kafka an older broker ends the process on a newer one's records, so they are never shown to it
 * @param postgresql the major version, which alone can read its data
 */
record DataVersion(int layout, String kafka, int postgresql) {
    static final DataVersion CURRENT = new DataVersion(1, AppInfoParser.getVersion(), PostgresServer.MAJOR);

    /** Refuses data that this version cannot read, and leaves its own mark on the rest. */
    static void check(Path root) throws IOException {
        Path file = file(root);
        if (Files.exists(file)) {
            CURRENT.refuseUnreadable(read(file), root);
        }
        CURRENT.write(file);
    }

    static Path file(Path root) {
        return root.resolve("version");
    }

    void write(Path file) throws IOException {
        Files.writeString(file, "layout=%d\nkafka=%s\npostgresql=%d\n".formatted(layout, kafka, postgresql));
    }

    private void refuseUnreadable(DataVersion found, Path root) {
        if (found.layout > layout || found.postgresql > postgresql || isNewer(found.kafka, kafka)) {
            throw new StartRefusedException("The data in " + root
                    + " was written by a newer version of Parallax; start that version, name another directory with "
                    + DataDirectory.VARIABLE + ", or throw the data away with --fresh.");
        }
        if (found.postgresql < postgresql) {
            throw new StartRefusedException("The data in " + root + " is PostgreSQL " + found.postgresql
                    + "'s and this is PostgreSQL " + postgresql + "; start the version that wrote it, name another"
                    + " directory with " + DataDirectory.VARIABLE + ", or throw the data away with --fresh.");
        }
    }

    private static DataVersion read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return new DataVersion(
                    Integer.parseInt(properties.getProperty("layout", "")),
                    properties.getProperty("kafka", ""),
                    Integer.parseInt(properties.getProperty("postgresql", "")));
        } catch (IllegalArgumentException e) {
            throw new StartRefusedException(
                    "The file " + file + " is damaged; name another directory with " + DataDirectory.VARIABLE
                            + ", or throw the data away with --fresh.",
                    e);
        }
    }

    private static boolean isNewer(String found, String current) {
        return Arrays.compare(numbers(found), numbers(current)) > 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\D+"))
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
