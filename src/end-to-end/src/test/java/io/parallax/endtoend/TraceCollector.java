package io.parallax.endtoend;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Receives traces as an OpenTelemetry collector does: protocol buffers over HTTP. */
final class TraceCollector implements AutoCloseable {
    private final HttpServer server;
    private final List<byte[]> exports = new CopyOnWriteArrayList<>();

    private TraceCollector(HttpServer server) {
        this.server = server;
    }

    /** One span; {@code parent} is empty for the first of a trace. Attributes are those that are text or whole numbers. */
    record Span(String trace, String id, String parent, String name, Map<String, String> attributes) {}

    static TraceCollector start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TraceCollector collector = new TraceCollector(server);
        server.createContext("/v1/traces", collector::receive);
        server.start();
        return collector;
    }

    /** What services have to be told to send their traces here. */
    Map<String, String> environment() {
        return Map.of(
                "QUARKUS_OTEL_SDK_DISABLED", "false",
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "500ms");
    }

    /** All that has come, as text of one character for each byte. */
    List<String> texts() {
        return exports.stream()
                .map(export -> new String(export, StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** Those of one trace so far. */
    List<Span> spans(String trace) {
        List<Span> spans = new ArrayList<>();
        for (byte[] export : exports) {
            // ExportTraceServiceRequest.resource_spans, ResourceSpans.scope_spans, ScopeSpans.spans
            messages(
                    ByteBuffer.wrap(export),
                    1,
                    resource -> messages(resource, 2, scope -> messages(scope, 2, span -> spans.add(span(span)))));
        }
        return spans.stream().filter(span -> span.trace().equals(trace)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            exports.add(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private static Span span(ByteBuffer bytes) {
        String[] fields = {"", "", "", "", "", ""};
        Map<String, String> attributes = new HashMap<>();
        fields(bytes, (number, value) -> {
            if (number < fields.length) {
                fields[number] = number == 5 ? text(value) : HexFormat.of().formatHex(content(value));
            } else if (number == 9) {
                attribute(value, attributes);
            }
        });
        return new Span(fields[1], fields[2], fields[4], fields[5], attributes);
    }

    /** KeyValue: key, and an AnyValue of which string_value and int_value are taken. */
    private static void attribute(ByteBuffer bytes, Map<String, String> into) {
        String[] pair = {"", ""};
        fields(bytes, (number, value) -> {
            if (number == 1) {
                pair[0] = text(value);
            } else if (value.hasRemaining()) {
                int kind = (int) (varint(value) >>> 3);
                long number64 = kind == 1 || kind == 3 ? varint(value) : 0;
                pair[1] = kind == 1 ? text(value) : Long.toString(number64);
            }
        });
        into.put(pair[0], pair[1]);
    }

    private static String text(ByteBuffer value) {
        return new String(content(value), StandardCharsets.UTF_8);
    }

    private static byte[] content(ByteBuffer value) {
        byte[] content = new byte[value.remaining()];
        value.get(content);
        return content;
    }

    private static void messages(ByteBuffer bytes, int wanted, Consumer<ByteBuffer> into) {
        fields(bytes, (number, value) -> {
            if (number == wanted) {
                into.accept(value);
            }
        });
    }

    /** Fields of a message that have a length, by number; others are skipped. */
    private static void fields(ByteBuffer bytes, BiConsumer<Integer, ByteBuffer> into) {
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            switch ((int) (tag & 7)) {
                case 0 -> varint(bytes);
                case 1 -> bytes.position(bytes.position() + Long.BYTES);
                case 2 -> {
                    int length = (int) varint(bytes);
                    into.accept((int) (tag >>> 3), bytes.slice(bytes.position(), length));
                    bytes.position(bytes.position() + length);
                }
                case 5 -> bytes.position(bytes.position() + Integer.BYTES);
                default -> throw new AssertionError("no protocol buffer: tag " + tag);
            }
        }
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
