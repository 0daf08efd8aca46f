package io.parallax.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.messaging.Channels;
import io.parallax.contract.Topics;
import java.io.IOException;
import java.io.InputStream;
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
            "mp.messaging.incoming." + Channels.RESULTS, Topics.RESULTS);

    @Test
    void channelsUseTheTopicsOfTheContract() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = TopicsTest.class.getResourceAsStream("/application.properties")) {
            properties.load(file);
        }
        TOPICS.forEach((channel, topic) ->
                assertThat(properties.getProperty(channel + ".topic")).isEqualTo(topic));
        assertThat(properties.getProperty("mp.messaging.outgoing." + Channels.TASKS + ".max.request.size"))
                .isEqualTo(Integer.toString(Topics.MAX_RECORD_BYTES));
    }
}
