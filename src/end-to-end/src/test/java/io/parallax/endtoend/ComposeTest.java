package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What runs on one machine keeps what it must, and tells nobody its secrets. */
class ComposeTest {
    private static final Path DEPLOY = Path.of("../../deploy").toAbsolutePath().normalize();
    private static final Path COMPOSE = DEPLOY.resolve("compose");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static JsonNode compose() throws IOException {
        return YAML.readTree(COMPOSE.resolve("compose.yaml").toFile());
    }

    private static Set<String> names(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void kafkaKeepsItsRecordsOnTheVolume() throws IOException {
        JsonNode kafka = compose().at("/services/kafka");
        String directory = kafka.at("/environment/KAFKA_LOG_DIRS").asText();
        assertThat(kafka.at("/volumes/0").asText()).isEqualTo("kafka:" + directory);
        assertThat(directory).startsWith("/");
        assertThat(compose().path("volumes").has("kafka")).isTrue();
    }

    @Test
    void theExampleNamesEverySecretThatIsNeeded() throws IOException {
        Set<String> needed = names(Files.readString(COMPOSE.resolve("compose.yaml")), "\\$\\{([A-Z_]+):");
        assertThat(needed).hasSize(3);
        assertThat(names(Files.readString(COMPOSE.resolve(".env.example")), "^([A-Z_]+)="))
                .isEqualTo(needed);
        assertThat(names(Files.readString(COMPOSE.resolve("secrets.sh")), "^([A-Z_]+)="))
                .isEqualTo(needed);
        assertThat(Files.readString(COMPOSE.resolve(".env.example"))).doesNotContainPattern("(?m)^[A-Z_]+=.");
    }

    @Test
    void secretsAreNeitherCommittedNorSentToTheBuilder() throws IOException {
        assertThat(Files.readAllLines(DEPLOY.resolve("docker/Dockerfile.dockerignore")))
                .contains("**/.env", "**/.env.*");
        assertThat(Files.readAllLines(DEPLOY.resolve("../.gitignore"))).contains(".env");
    }

    @Test
    void prometheusReadsTheManagementPort() throws IOException {
        String image = Files.readString(DEPLOY.resolve("docker/Dockerfile"));
        String port =
                names(image, "QUARKUS_MANAGEMENT_PORT=([0-9]+)").iterator().next();
        JsonNode jobs =
                YAML.readTree(COMPOSE.resolve("prometheus.yml").toFile()).path("scrape_configs");
        assertThat(jobs).hasSize(2).allSatisfy(job -> {
            assertThat(job.at("/dns_sd_configs/0/port").asText()).isEqualTo(port);
            assertThat(compose()
                            .path("services")
                            .has(job.at("/dns_sd_configs/0/names/0").asText()))
                    .isTrue();
        });
        assertThat(compose().at("/services/api-service/ports").toString()).doesNotContain(port);
    }
}
