package io.parallax.endtoend.chaos;

import io.parallax.contract.Topics;
import io.parallax.endtoend.HostileRecords;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What should not be there any more: statements and tables in the source, tidying, dead letters. */
final class Leftovers {
    private final Site site;
    private final Failures failures;

    Leftovers(Site site, Failures failures) {
        this.site = site;
        this.failures = failures;
    }

    /** {@code lastingTables}: those that are to stay in the source. */
    void look(Set<String> lastingTables) throws SQLException {
        failures.eventually("statements left running", this::statements, "");
        waitNoLonger();
        failures.eventually("things never tidied", () -> tidying("where not last"), "0");
        waitNoLonger();
        failures.eventually("things not tidied a second time", () -> tidying(""), "0");
        failures.eventually("tables in the source", this::tables, String.join(" ", lastingTables));
        deadLetters();
    }

    /** It is tried again after a while, and done once more after an hour, in case a worker comes back late. */
    private void waitNoLonger() throws SQLException {
        try (Connection connection = site.inStore();
                Statement statement = connection.createStatement()) {
            statement.execute("update tidying set due_at = now()");
        }
    }

    private String statements() throws SQLException {
        try (Connection connection = site.inSource()) {
            return text(
                    connection,
                    """
                    select coalesce(string_agg(application_name || ' ' || state || ' ' || left(query, 200), '; '), '')
                    from pg_stat_activity where application_name like 'parallax%' and state <> 'idle'""");
        }
    }

    private String tables() throws SQLException {
        try (Connection connection = site.inSource()) {
            return text(
                    connection,
                    """
                    select coalesce(string_agg(relname, ' ' order by relname collate "C"), '')
                    from pg_class where relkind = 'r' and relnamespace = 'scratch'::regnamespace""");
        }
    }

    private String tidying(String where) throws SQLException {
        try (Connection connection = site.inStore()) {
            return text(connection, "select count(*) from tidying " + where);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void deadLetters() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", site.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(Topics.DEAD_LETTER, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(5)).forEach(this::look);
            }
        }
    }

    /** What nobody could use is where it belongs. */
    private void look(ConsumerRecord<byte[], byte[]> letter) {
        if (!HostileRecords.has(letter.value())) {
            failures.add("dead letter " + letter.headers() + " " + new String(letter.value(), StandardCharsets.UTF_8));
        }
    }
}
