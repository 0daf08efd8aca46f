package io.parallax.endtoend;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** What nobody would send to a topic but by mistake or malice: every body with every kind of header, with keys that are none. */
public final class HostileRecords {
    private static final String EVENT =
            "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/hostile\",\"type\":\"t\",\"data\":%s}";

    /** Headers that tell how to read a body. */
    private static final int MODES = 3;

    private static final int FEW = 5;
    private static final int DEEP = 100_000;
    private static final int LARGE = 7 << 20;

    private HostileRecords() {}

    /** One of each, for that topic. */
    public static List<ProducerRecord<byte[], byte[]>> on(String topic) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] body : bodies()) {
            headers()
                    .subList(0, MODES)
                    .forEach(headers -> records.add(new ProducerRecord<>(topic, null, null, null, body, headers)));
        }
        for (List<Header> headers : headers()) {
            for (byte[] body : bodies().subList(0, FEW)) {
                records.add(new ProducerRecord<>(topic, null, null, null, body, headers));
            }
            records.add(new ProducerRecord<>(topic, null, null, text("null"), null, headers));
            records.add(new ProducerRecord<>(topic, null, null, new byte[] {(byte) 0xff, 0}, new byte[0], headers));
        }
        records.add(new ProducerRecord<>(topic, null, new byte[1 << 20], text("{}")));
        records.add(new ProducerRecord<>(topic, null, text("large"), filled(LARGE)));
        records.add(new ProducerRecord<>(topic, null, text("deep"), text("{\"a\":".repeat(DEEP))));
        return records;
    }

    /** Whether it is the value of any of them. */
    public static boolean has(byte @Nullable [] value) {
        return value == null
                || Known.ALL.stream()
                        .anyMatch(record -> record.value() != null && Arrays.equals(record.value(), value));
    }

    private static final class Known {
        static final List<ProducerRecord<byte[], byte[]>> ALL = on("any");
    }

    private static List<List<Header>> headers() {
        List<Header> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(new RecordHeader("h" + i, new byte[100]));
        }
        return List.of(
                List.of(),
                List.of(header("content-type", "application/cloudevents+json")),
                List.of(
                        header("ce_specversion", "1.0"),
                        header("ce_type", "t"),
                        header("ce_source", "/hostile"),
                        header("ce_id", "1")),
                List.of(header("content-type", "application/cloudevents+json; charset=UTF-16"), header("ce_id", "")),
                List.of(header("content-type", "application/cloudevents-batch+json")),
                List.of(header("content-type", null), header("ce_id", null), header("traceparent", null)),
                List.of(header("ce_specversion", "1.0")),
                List.of(
                        header("ce_specversion", "1.0"),
                        header("ce_type", "t"),
                        header("ce_source", "no uri: %%%"),
                        header("ce_id", "\u0000"),
                        header("ce_time", "yesterday"),
                        header("ce_dataschema", "::")),
                List.of(new RecordHeader("ce_id", new byte[] {(byte) 0xc3})),
                List.of(header("ce_id", "x".repeat(100_000))),
                List.of(header("__smallrye_generationId", "x"), header("kafka_replyTopic", "\u0000/ ")),
                List.of(
                        header("traceparent", "00-zz-zz-zz"),
                        header("tracestate", "=,=,"),
                        header("baggage", "%%%=;;=,\u0000"),
                        header("uber-trace-id", "x")),
                Collections.unmodifiableList(many));
    }

    private static List<byte[]> bodies() {
        List<String> texts = List.of(
                "",
                "no json",
                "{}",
                EVENT.formatted("6", "{}"),
                "{\"version\":99}",
                "\"",
                "null",
                "7",
                "[]",
                "[".repeat(2000),
                "{\"version\":99,\"type\":\"alive\"}",
                "{\"version\":1e999999999}",
                "{\"version\":1,\"type\":\"java.lang.Runtime\"}",
                "{\"version\":1,\"type\":null}",
                "{\"version\":1,\"type\":\"alive\",\"diff\":1e999999999,\"worker\":\"w\",\"running\":[null]}",
                "{\"version\":1,\"type\":\"alive\",\"diff\":-1,\"worker\":\"\\u0000\",\"running\":[]}",
                "{\"version\":1,\"type\":\"alive\",\"diff\":" + Long.MAX_VALUE + ",\"worker\":\"w\",\"running\":"
                        + "[{\"address\":{\"diff\":1,\"plan\":-1,\"stage\":-1,\"task\":-1},\"attempt\":-1}]}",
                "{\"version\":1,\"type\":\"task_failed\",\"address\":{\"diff\":-1,\"plan\":1,\"stage\":0,\"task\":0},"
                        + "\"attempt\":1,\"worker\":\"w\",\"failure\":{\"type\":\"Nothing\",\"message\":\"\"}}",
                "{\"version\":1,\"type\":\"task_done\",\"address\":{\"diff\":" + Long.MIN_VALUE
                        + ",\"plan\":1,\"stage\":1,\"task\":0},\"attempt\":1,\"worker\":\"w\"}",
                "{\"version\":1,\"type\":\"source_tested\",\"job\":-1,\"worker\":\"w\",\"steps\":[null]}",
                "{\"version\":1,\"type\":\"source_answered\",\"job\":-1,\"worker\":\"w\"}",
                "{\"version\":1,\"type\":\"tables_dropped\",\"job\":-1,\"worker\":\"w\"}",
                "{\"version\":1,\"type\":\"stop_diff\",\"diff\":-1,\"plan\":\"x\"}",
                "{\"version\":1,\"type\":\"stop_task\",\"address\":null,\"attempt\":1}",
                "{\"version\":1,\"type\":\"plan_diff\",\"address\":{\"diff\":-1,\"plan\":1,\"stage\":0,\"task\":0},\"attempt\":1}",
                "{\"version\":1,\"type\":\"ask_source\",\"job\":-1,\"source\":{\"id\":1,\"sealed\":\"AAAA\"},\"question\":null}",
                "{\"version\":1,\"address\":{\"diff\":-1,\"plan\":1,\"stage\":1,\"task\":0},\"attempt\":1,\"common\":{},"
                        + "\"body\":{}}",
                EVENT.formatted("7", "{}"),
                EVENT.formatted("7", "null"),
                "{\"specversion\":\"1.0\",\"id\":\"8\",\"type\":\"t\",\"data\":{}}",
                "{\"specversion\":\"9\",\"id\":8,\"source\":[],\"time\":\"x\",\"data_base64\":\"!\"}");
        List<byte[]> bodies =
                new ArrayList<>(texts.stream().map(HostileRecords::text).toList());
        bodies.add(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        bodies.add(EVENT.formatted("9", "{}").getBytes(StandardCharsets.UTF_16));
        return bodies;
    }

    private static Header header(String name, @Nullable String value) {
        return new RecordHeader(name, value == null ? null : text(value));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] filled(int bytes) {
        byte[] filled = new byte[bytes];
        Arrays.fill(filled, (byte) ' ');
        return filled;
    }
}
