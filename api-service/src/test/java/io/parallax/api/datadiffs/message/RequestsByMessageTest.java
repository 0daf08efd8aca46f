package io.parallax.api.datadiffs.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.LedgerScenario;
import io.parallax.api.messaging.Channels;
import io.parallax.api.messaging.EventProducer;
import io.parallax.api.messaging.UnreliableOutlet;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

    private void send(String id, long offset, byte @Nullable [] body) {
        send(Map.of("ce_id", id), offset, body);
    }

    private void send(Map<String, String> headers, long offset, byte @Nullable [] body) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("parallax.requests", 3, offset, null, body);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
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
        QuarkusMock.installMockForType(outlet, EventProducer.class);
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
        QuarkusMock.installMockForType(outlet, EventProducer.class);
        send("v-" + System.nanoTime(), 2, "no json".getBytes(StandardCharsets.UTF_8));
        await(() -> assertThat(acknowledged).hasValue(1));
        assertThat(outlet.taken()).singleElement().asString().contains("request.refused");
    }

    @Test
    void aRequestWithoutAnIdThatComesTwiceMakesOneDiff() {
        // Given
        UnreliableOutlet outlet = new UnreliableOutlet(0);
        QuarkusMock.installMockForType(outlet, EventProducer.class);
        long source = newSource("");
        long offset = System.nanoTime();

        // When it is read again, as its acknowledgement was lost
        send(Map.of(), offset, body(source).getBytes(StandardCharsets.UTF_8));
        send(Map.of(), offset, body(source).getBytes(StandardCharsets.UTF_8));
        send(Map.of(), offset + 1, body(source).getBytes(StandardCharsets.UTF_8));

        // Then
        await(() -> assertThat(acknowledged).hasValue(3));
        assertThat(diffsOf(source)).isEqualTo(2);
        assertThat(outlet.taken()).hasSize(3);
    }

    @Test
    void anEventMakesOneDiffInWhicheverModeItComes() {
        // Given
        UnreliableOutlet outlet = new UnreliableOutlet(0);
        QuarkusMock.installMockForType(outlet, EventProducer.class);
        long source = newSource("");
        String id = "w-" + System.nanoTime();
        String event = "{\"specversion\":\"1.0\",\"type\":\"t\",\"source\":\"/orders\",\"id\":\"%s\",\"data\":%s}"
                .formatted(id, body(source));
        Map<String, String> binary =
                Map.of("ce_specversion", "1.0", "ce_type", "t", "ce_source", "/orders", "ce_id", id);

        // When it comes as both, and then that id of another source
        send(Map.of("content-type", "application/cloudevents+json"), 1, event.getBytes(StandardCharsets.UTF_8));
        send(binary, 2, body(source).getBytes(StandardCharsets.UTF_8));
        send(Map.of("ce_id", id, "ce_source", "/bills"), 3, body(source).getBytes(StandardCharsets.UTF_8));

        // Then
        await(() -> assertThat(acknowledged).hasValue(3));
        assertThat(diffsOf(source)).isEqualTo(2);
        assertThat(outlet.taken())
                .allSatisfy(answer -> assertThat(answer).contains("request.accepted", "\"request_id\":\"" + id + "\""))
                .extracting(answer -> answer.contains("\"request_source\":\"/orders\""))
                .containsExactly(true, true, false);
    }

    @Test
    void whatIsNoEventIsRefusedUnderItsPlace() {
        UnreliableOutlet outlet = new UnreliableOutlet(0);
        QuarkusMock.installMockForType(outlet, EventProducer.class);
        send(Map.of("content-type", "application/cloudevents+json"), 99, null);
        await(() -> assertThat(acknowledged).hasValue(1));
        assertThat(outlet.taken())
                .singleElement()
                .asString()
                .contains("request.refused", "\"request_id\":\"parallax.requests/3/99/");
    }
}
