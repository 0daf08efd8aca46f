package io.parallax.api.commands;

import io.parallax.api.reports.DeadLetters;
import io.parallax.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records that nobody could read, and how to have them read again. */
final class DeadLetterCommands {
    private static final TopicPartition LETTERS = new TopicPartition(Topics.DEAD_LETTER, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Object> connection;

    DeadLetterCommands(Map<String, String> environment) {
        this.connection = connection(environment);
    }

    /** KAFKA_SECURITY_PROTOCOL sets security.protocol, and so on, as for the service. */
    private static Map<String, Object> connection(Map<String, String> environment) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        environment.forEach((name, value) -> {
            if (name.startsWith("KAFKA_")) {
                settings.put(
                        name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });
        return settings;
    }

    /** One line for each: number, time, topic that it was on, bytes, reason. */
    List<String> list() {
        return letters(record -> true).stream()
                .map(record -> "%d\t%s\t%s\t%d\t%s"
                        .formatted(
                                record.offset(),
                                Instant.ofEpochMilli(record.timestamp()),
                                header(record, DeadLetters.TOPIC).orElse("?"),
                                bytes(record).length,
                                header(record, DeadLetters.REASON).orElse("?")))
                .toList();
    }

    /** What is in the record of this number. */
    String show(String number) {
        return new String(bytes(one(number)), StandardCharsets.UTF_8);
    }

    /** None of a record that has no value at all. */
    private static byte[] bytes(ConsumerRecord<byte[], byte[]> record) {
        return Objects.requireNonNullElseGet(record.value(), () -> new byte[0]);
    }

    /** Sends the record of this number to its topic again; it stays among the dead letters. */
    void replay(String number) {
        ConsumerRecord<byte[], byte[]> record = one(number);
        String topic = header(record, DeadLetters.TOPIC)
                .orElseThrow(() -> new CommandRefusedException(
                        "The record does not tell what topic it was on; it is from an older version."));
        Map<String, Object> settings = new HashMap<>(connection);
        settings.keySet().retainAll(ProducerConfig.configNames());
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, record.key(), record.value()))
                    .get();
        } catch (ExecutionException e) {
            throw new CommandFailedException("Kafka says: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("Interrupted.", e);
        }
    }

    private ConsumerRecord<byte[], byte[]> one(String number) {
        return letters(record -> String.valueOf(record.offset()).equals(number)).stream()
                .findFirst()
                .orElseThrow(() -> new CommandRefusedException("There is no such record; see: dead-letters list."));
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private List<ConsumerRecord<byte[], byte[]>> letters(Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.keySet().retainAll(ConsumerConfig.configNames());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(LETTERS));
            consumer.seekToBeginning(List.of(LETTERS));
            long end = consumer.endOffsets(List.of(LETTERS)).getOrDefault(LETTERS, 0L);
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            while (consumer.position(LETTERS) < end) {
                ConsumerRecords<byte[], byte[]> next = consumer.poll(PATIENCE);
                if (next.isEmpty()) {
                    throw new TimeoutException("no record within " + PATIENCE.toSeconds() + " seconds");
                }
                next.records(LETTERS).stream().filter(wanted).forEach(found::add);
            }
            return found;
        } catch (KafkaException e) {
            throw new CommandFailedException("Kafka says: " + e.getMessage(), e);
        }
    }
}
