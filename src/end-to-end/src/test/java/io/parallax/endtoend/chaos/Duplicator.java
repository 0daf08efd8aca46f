package io.parallax.endtoend.chaos;

import io.parallax.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends some of the messages a second time, at once or a few seconds later. */
final class Duplicator implements AutoCloseable {
    private static final int ONE_OF = 5;
    private static final int LATEST_MILLIS = 8_000;
    private static final String AGAIN = "again";

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final AtomicInteger sent = new AtomicInteger();
    private final Random random;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private volatile boolean over;

    Duplicator(String bootstrapServers, long seed) {
        random = new Random(seed);
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "fetch.max.wait.ms", 100),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "max.request.size", Topics.MAX_RECORD_BYTES,
                        "max.block.ms", 1_000,
                        "delivery.timeout.ms", 6_000,
                        "request.timeout.ms", 5_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        threads.execute(this::read);
    }

    /** How many messages were sent again. */
    int sent() {
        return sent.get();
    }

    private void read() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(Topics.TASKS, Topics.JOBS, Topics.RESULTS)) {
            consumer.partitionsFor(topic)
                    .forEach(found -> partitions.add(new TopicPartition(found.topic(), found.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        while (!over) {
            for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofMillis(100))) {
                if (found.headers().lastHeader(AGAIN) == null && random.nextInt(ONE_OF) == 0) {
                    threads.schedule(() -> again(found), random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
                }
            }
        }
        consumer.close();
    }

    private void again(ConsumerRecord<byte[], byte[]> found) {
        ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(found.topic(), null, found.key(), found.value(), found.headers());
        copy.headers().add(AGAIN, new byte[0]);
        // Kafka may be away; then there is one less.
        producer.send(copy, (metadata, failure) -> {
            if (failure == null) {
                sent.incrementAndGet();
            }
        });
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        threads.shutdown();
        threads.awaitTermination(20, TimeUnit.SECONDS);
        threads.shutdownNow();
        producer.close(Duration.ofSeconds(1));
    }
}
