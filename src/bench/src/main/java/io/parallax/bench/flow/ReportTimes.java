package io.parallax.bench.flow;

import io.parallax.contract.Codec;
import io.parallax.contract.Topics;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When Kafka had the plans of small diffs, which are their results. */
public final class ReportTimes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Long, Double> times = new HashMap<>();

    private ReportTimes(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Reads nothing until it is asked. */
    public static ReportTimes from(String bootstrapServers) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.RESULTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new ReportTimes(consumer);
    }

    /** Seconds since 1970, of so many diffs newer than that one. */
    Map<Long, Double> until(int count, long last) throws IOException {
        times.keySet().removeIf(diff -> diff <= last);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (times.size() < count) {
            if (System.nanoTime() > deadline) {
                throw new IOException("Kafka has plans of " + times.size() + " of " + count + " diffs only.");
            }
            for (ConsumerRecord<byte[], byte[]> one : consumer.poll(A_MOMENT)) {
                note(one, last);
            }
        }
        return Map.copyOf(times);
    }

    private void note(ConsumerRecord<byte[], byte[]> one, long last) throws IOException {
        try {
            if (Codec.decode(one.value(), Report.class) instanceof Report.PlanMade made
                    && made.address().diff() > last) {
                times.put(made.address().diff(), one.timestamp() / 1e3);
            }
        } catch (UnreadableMessageException e) {
            throw new IOException("A report cannot be read.", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
