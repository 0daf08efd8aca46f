package io.parallax.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.messaging.Channels;
import io.parallax.api.messaging.EventOutlet;
import io.parallax.api.messaging.UnreliableOutlet;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests by message, while answers are hard to get rid of. */
@QuarkusTest
class RequestsByMessageTest extends LedgerScenario {
    /** More than a single try and a few more. */
    private static final int REFUSALS = 5;

    private final AtomicInteger acknowledged = new AtomicInteger();

    private static String body(long source) {
        return "{\"data_source1_id\": %d, \"data_source2_id\": %d, \"table1\": [\"a\"], \"table2\": [\"b\"], \"pk_columns\": [\"id\"]}"
                .formatted(source, source);
    }

    private void send(@Nullable String id, long offset, byte @Nullable [] body) {
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>("parallax.requests", 3, offset, null, body);
        if (id != null) {
            record.headers().add("ce_id", id.getBytes(StandardCharsets.UTF_8));
        }
        kafka.<Message<byte[]>>source(Channels.REQUESTS)
                .send(Message.of(body, () -> {
                            acknowledged.incrementAndGet();
                            return CompletableFuture.completedFuture(null);
                        })
                        .addMetadata(new IncomingKafkaRecordMetadata<>(record, Channels.REQUESTS)));
    }

    private long diffsOf(long source) {
        return one("select count(*) from diff where data_source1_id = $1", Tuple.of(source), Long.class);
    }

    @Test
    void whatIsAcceptedIsNeverRefused() {
        // Given
        UnreliableOutlet outlet = new UnreliableOutlet(REFUSALS);
        QuarkusMock.installMockForType(outlet, EventOutlet.class);
        long source = newSource("");
        String id = "u-" + System.nanoTime();

        // When
        send(id, 1, body(source).getBytes(StandardCharsets.UTF_8));

        // Then
        await(() -> assertThat(acknowledged).hasValue(1));
        assertThat(outlet.taken()).singleElement().asString().contains("request.accepted", "answer:" + id);
        assertThat(diffsOf(source)).isEqualTo(1);
    }

    @Test
    void whatIsRefusedIsToldLikewise() {
        UnreliableOutlet outlet = new UnreliableOutlet(REFUSALS);
        QuarkusMock.installMockForType(outlet, EventOutlet.class);
        send("v-" + System.nanoTime(), 2, "no json".getBytes(StandardCharsets.UTF_8));
        await(() -> assertThat(acknowledged).hasValue(1));
        assertThat(outlet.taken()).singleElement().asString().contains("request.refused");
    }

    @Test
    void aRequestWithoutAnIdThatComesTwiceMakesOneDiff() {
        // Given
        UnreliableOutlet outlet = new UnreliableOutlet(0);
        QuarkusMock.installMockForType(outlet, EventOutlet.class);
        long source = newSource("");
        long offset = System.nanoTime();

        // When it is read again, as its acknowledgement was lost
        send(null, offset, body(source).getBytes(StandardCharsets.UTF_8));
        send(null, offset, body(source).getBytes(StandardCharsets.UTF_8));
        send(null, offset + 1, body(source).getBytes(StandardCharsets.UTF_8));

        // Then
        await(() -> assertThat(acknowledged).hasValue(3));
        assertThat(diffsOf(source)).isEqualTo(2);
        assertThat(outlet.taken()).hasSize(3);
    }
}
