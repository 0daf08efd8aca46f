package io.parallax.endtoend.chaos;

import io.parallax.contract.Topics;
import io.parallax.endtoend.HostileRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What stands in the topics beside our own messages: each time another topic gets records that nobody can use. */
final class RecordsPart implements Part, AutoCloseable {
    private static final List<String> TOPICS =
            List.of(Topics.JOBS, Topics.TASKS, Topics.RESULTS, Topics.CONTROL, Topics.DEAD_LETTER);

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicInteger strikes = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();

    RecordsPart(String bootstrapServers) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "max.request.size",
                        8 << 20,
                        "max.block.ms",
                        2000,
                        "request.timeout.ms",
                        4000,
                        "delivery.timeout.ms",
                        5000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public String name() {
        return "records";
    }

    @Override
    public List<Harm> harms() {
        return List.of(Harm.HOSTILE);
    }

    /** As many as Kafka takes; something else may be wrong with it. */
    @Override
    public void strike(Harm harm) throws Exception {
        String topic = TOPICS.get(strikes.getAndIncrement() % TOPICS.size());
        try {
            int partitions = producer.partitionsFor(topic).size();
            List<Future<?>> sending = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> record : HostileRecords.on(topic)) {
                sending.add(producer.send(new ProducerRecord<>(
                        topic, sending.size() % partitions, record.key(), record.value(), record.headers())));
            }
            for (Future<?> one : sending) {
                one.get();
                sent.incrementAndGet();
            }
        } catch (ExecutionException | KafkaException e) {
            // Those that were lost would have done nothing either.
        }
    }

    /** How many Kafka has taken. */
    int sent() {
        return sent.get();
    }

    @Override
    public void heal(Harm harm) {
        // They stay.
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
