package io.parallax.api.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.messaging.Channels;
import io.parallax.contract.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** application.properties names the topics once more, since it cannot refer to the constants. */
class TopicsTest {
    private static final Map<String, String> TOPICS = Map.of(
            "mp.messaging.outgoing." + Channels.JOBS, Topics.JOBS,
            "mp.messaging.outgoing." + Channels.TASKS, Topics.TASKS,
            "mp.messaging.outgoing." + Channels.CONTROL, Topics.CONTROL,
            "mp.messaging.outgoing." + Channels.DEAD_LETTER, Topics.DEAD_LETTER,
            "mp.messaging.outgoing." + Channels.EVENTS, Topics.EVENTS,
            "mp.messaging.incoming." + Channels.REQUESTS, Topics.REQUESTS,
            "mp.messaging.incoming." + Channels.RESULTS, Topics.RESULTS);

    private static Properties properties() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = TopicsTest.class.getResourceAsStream("/application.properties")) {
            properties.load(file);
        }
        return properties;
    }

    @Test
    void channelsUseTheTopicsOfTheContract() throws IOException {
        Properties properties = properties();
        TOPICS.forEach((channel, topic) ->
                assertThat(properties.getProperty(channel + ".topic")).isEqualTo(topic));
        assertThat(properties.getProperty("mp.messaging.outgoing." + Channels.TASKS + ".max.request.size"))
                .isEqualTo(Integer.toString(Topics.MAX_RECORD_BYTES));
    }

    /** Nothing is decoded before it is our code that does it. */
    @Test
    void whatComesInAreBytes() throws IOException {
        Properties properties = properties();
        assertThat(properties.getProperty("mp.messaging.connector.smallrye-kafka.cloud-events"))
                .isEqualTo("false");
        assertThat(properties.stringPropertyNames())
                .noneMatch(name -> name.matches("mp\\.messaging\\.incoming\\.[^.]+\\.cloud-events"));
        assertThat(properties.stringPropertyNames().stream()
                        .filter(name -> name.startsWith("mp.messaging.incoming."))
                        .map(name -> name.split("\\.")[3])
                        .distinct())
                .hasSizeGreaterThan(1)
                .allSatisfy(channel -> assertThat(List.of("key", "value"))
                        .allSatisfy(part -> assertThat(properties.getProperty(
                                        "mp.messaging.incoming." + channel + "." + part + ".deserializer"))
                                .endsWith(".ByteArrayDeserializer")));
    }

    @Test
    void nobodyWhoReadsATopicHasItMade() throws IOException {
        Properties properties = properties();
        assertThat(properties.stringPropertyNames().stream()
                        .filter(name -> name.matches("mp\\.messaging\\.incoming\\.[^.]+\\.topic")))
                .hasSizeGreaterThan(1)
                .allSatisfy(name -> assertThat(
                                properties.getProperty(name.replaceAll("topic$", "allow.auto.create.topics")))
                        .isEqualTo("false"));
    }
}
