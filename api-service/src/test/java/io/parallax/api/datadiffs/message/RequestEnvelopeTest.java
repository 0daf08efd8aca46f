package io.parallax.api.datadiffs.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.events.RequestName;
import io.parallax.api.problems.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestEnvelopeTest {
    private static final String PLACE = "parallax.requests/3/17/1769882400000";
    private static final String BODY = "{\"table1\": [\"ä\"],  \"tolerance\": 1.00}";
    private static final String STRUCTURED = "application/cloudevents+json";

    private static Headers headers(String... namesAndValues) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], bytes(namesAndValues[i + 1]));
        }
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RequestEnvelope open(Headers headers, String value) {
        return RequestEnvelope.open(headers, bytes(value), PLACE);
    }

    private static RequestEnvelope structured(String event) {
        return open(headers("content-type", STRUCTURED), event);
    }

    private static void assertOpened(RequestEnvelope envelope, @Nullable String source, String id) {
        assertThat(envelope.faults()).isEmpty();
        assertThat(envelope.name()).isEqualTo(new RequestName(source, id));
        assertThat(new String(envelope.body(), StandardCharsets.UTF_8)).isEqualTo(BODY);
    }

    @Test
    void jsonAndNothingElseGoesByItsPlace() {
        assertOpened(open(headers(), BODY), null, PLACE);
        assertOpened(open(headers("content-type", "text/plain"), BODY), null, PLACE);
        assertOpened(open(new RecordHeaders().add("ce_id", null).add("content-type", null), BODY), null, PLACE);
    }

    @Test
    void anIdOfItsSendersOwnNeedsNoMore() {
        assertOpened(open(headers("ce_id", "7"), BODY), null, "7");
        assertOpened(open(headers("ce_id", "7", "ce_source", "/orders"), BODY), "/orders", "7");
    }

    @Test
    void aBinaryEventHasItsAttributesInHeaders() {
        assertOpened(
                open(
                        headers(
                                "ce_specversion",
                                "1.0",
                                "CE_ID",
                                "é 7",
                                "ce_source",
                                "/orders",
                                "Content-Type",
                                "text/json"),
                        BODY),
                "/orders",
                "é 7");
    }

    @Test
    void aStructuredEventHasThemBesideItsData() {
        String event =
                "{\"data\": %s , \"id\":\"7\", \"more\": {\"id\": \"8\"}, \"source\":\"/orders\", \"specversion\":\"1.0\"}"
                        .formatted(BODY);
        assertOpened(structured(event), "/orders", "7");
        assertOpened(
                open(headers("content-type", "Application/CloudEvents+JSON ; charset=utf-8"), event), "/orders", "7");
    }

    @Test
    void dataAreTakenFromBehindMuchElse() {
        String much = "ü".repeat(100_000);
        String event =
                "{\"filler\": \"%s\", \"id\":\"7\", \"source\":\"/orders\", \"specversion\":\"1.0\", \"data\":%s}"
                        .formatted(much, BODY);
        assertOpened(structured(event), "/orders", "7");
    }

    @Test
    void dataMayBeInBase64() {
        String encoded = Base64.getEncoder().encodeToString(bytes(BODY));
        assertOpened(
                structured(
                        "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"s\",\"data_base64\":\"" + encoded + "\"}"),
                "s",
                "7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "null",
                "[]",
                "7",
                "{",
                "{}",
                "{} {}",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"s\",\"data\":{}} x",
                "{\"specversion\":\"1.0\",\"id\":7,\"source\":\"s\",\"data\":{}}",
                "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"s\",\"data\":{}}",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"data\":{}}",
                "{\"specversion\":\"0.3\",\"id\":\"7\",\"source\":\"s\",\"data\":{}}",
                "{\"id\":\"7\",\"source\":\"s\",\"data\":{}}",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"s\"}",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"s\",\"data\":[]}",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"s\",\"data\":\"{}\"}",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"s\",\"data\":{},\"data_base64\":\"e30=\"}",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"s\",\"data_base64\":\"!\"}",
                "{\"specversion\":\"1.0\",\"id\":\"\\u0000\",\"source\":\"s\",\"data\":{}}",
                "{\"specversion\":\"1.0\",\"id\":\"\\ud800\",\"source\":\"s\",\"data\":{}}",
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"s\",\"data\":{\"a\":}}"
            })
    void whatIsNoEventIsRefused(String event) {
        assertThat(structured(event).faults()).isNotEmpty();
    }

    @Test
    void nestingWithoutEndIsRefused() {
        assertThat(structured("[".repeat(100_000)).faults()).isNotEmpty();
        assertThat(structured("{\"data\":" + "{\"a\":".repeat(100_000)).faults())
                .isNotEmpty();
    }

    @Test
    void attributesThatAreWrongAreRefused() {
        assertFault(open(headers("ce_specversion", "1.0", "ce_id", "7"), BODY), "source");
        assertFault(open(headers("ce_specversion", "1.0", "ce_source", "s"), BODY), "id");
        assertFault(open(headers("ce_specversion", "2", "ce_id", "7", "ce_source", "s"), BODY), "specversion");
        assertFault(open(headers("ce_id", "x".repeat(1001)), BODY), "id");
        assertFault(open(new RecordHeaders().add("ce_id", new byte[] {(byte) 0xff}), BODY), "id");
        assertFault(open(headers("content-type", "application/cloudevents-batch+json"), BODY), "content-type");
        assertFault(open(headers("content-type", "application/cloudevents+avro"), BODY), "content-type");
    }

    private static void assertFault(RequestEnvelope envelope, String where) {
        assertThat(envelope.faults()).extracting(Fault::loc).anySatisfy(loc -> assertThat(loc.toString())
                .contains(where));
    }

    @Test
    void whatIsRefusedIsToldByItsNameWhereItHasOne() {
        assertThat(structured("{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"s\"}")
                        .name())
                .isEqualTo(new RequestName("s", "7"));
        assertThat(open(headers("ce_id", "ä".repeat(2000)), BODY).name().id()).isEqualTo("ä".repeat(1000));
        assertThat(structured("no json").name()).isEqualTo(new RequestName(null, PLACE));
    }

    @Test
    void noTwoNamesHaveOneKey() {
        List<RequestName> names = List.of(
                new RequestName(null, "7"),
                new RequestName(null, "8"),
                new RequestName(null, "ä"),
                new RequestName(null, "s:7"),
                new RequestName("s", "7"),
                new RequestName("s:", "7"),
                new RequestName("s", ":7"),
                new RequestName("s:7", ""),
                new RequestName("7", "s"));
        assertThat(names.stream().map(RequestName::key)).doesNotHaveDuplicates().allMatch(key -> key.length() <= 240);
        assertThat(new RequestName(null, "7").key()).isEqualTo("7");
        assertThat(new RequestName("s", "7").key()).isEqualTo(new RequestName("s", "7").key());
    }
}
