package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.parallax.oracle.needs.Needs;
import io.parallax.oracle.needs.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each alert fires when it should, and not before. */
class AlertsTest {
    private static final Path CASES =
            Path.of("src/test/resources/alerts-test.yaml").toAbsolutePath();

    @Test
    void eachAlertHasACaseInWhichItFiresAndOneInWhichItDoesNot() throws IOException {
        Set<String> alerts = Expressions.rules().stream()
                .map(rule -> rule.path("alert").asText())
                .collect(Collectors.toSet());
        Set<String> firing = new HashSet<>();
        Set<String> silent = new HashSet<>();
        for (JsonNode test :
                new ObjectMapper(new YAMLFactory()).readTree(CASES.toFile()).path("tests")) {
            for (JsonNode alert : test.path("alert_rule_test")) {
                (alert.path("exp_alerts").isEmpty() ? silent : firing)
                        .add(alert.path("alertname").asText());
            }
        }
        assertThat(firing).isEqualTo(alerts);
        assertThat(silent).isEqualTo(alerts);
    }

    @Test
    void eachAlertSaysWhatToDo() throws IOException {
        assertThat(Expressions.rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).endsWith(".");
            assertThat(rule.at("/annotations/description").asText()).isNotBlank();
        });
    }

    @Test
    @Tag("needs-promtool")
    @Needs("promtool")
    void firesAsExpected() throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder(
                        Programs.find("promtool").orElseThrow().toString(), "test", "rules", CASES.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }
}
