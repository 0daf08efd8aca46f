package io.parallax.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {
    private static final int PARTITIONS = 3;

    @TempDir
    Path directory;

    @Test
    void keepsTopicsAndRecords() throws Exception {
        byte[] large = "x".repeat(Topics.MAX_RECORD_BYTES - 1000).getBytes(StandardCharsets.UTF_8);
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            make(broker);
            send(broker, large);
        }
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            assertThat(partitions(broker, Topics.DEAD_LETTER)).isEqualTo(PARTITIONS);
            assertThat(received(broker)).containsExactly(large);
        }
    }

    private static void make(KafkaBroker broker) throws Exception {
        NewTopic topic = new NewTopic(Topics.DEAD_LETTER, PARTITIONS, (short) 1)
                .configs(Map.of("max.message.bytes", Integer.toString(Topics.MAX_RECORD_BYTES)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static int partitions(KafkaBroker broker, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        }
    }

    private static void send(KafkaBroker broker, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", Topics.MAX_RECORD_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.DEAD_LETTER, 0, null, value))
                    .get();
        }
    }

    private static List<byte[]> received(KafkaBroker broker) {
        TopicPartition partition = new TopicPartition(Topics.DEAD_LETTER, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(20)).records(partition).stream()
                    .map(ConsumerRecord::value)
                    .toList();
        }
    }
}
