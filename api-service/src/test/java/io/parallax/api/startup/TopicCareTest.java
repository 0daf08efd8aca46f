package io.parallax.api.startup;

import static io.parallax.api.startup.PickyKafka.CHANGE;
import static io.parallax.api.startup.PickyKafka.CREATE;
import static io.parallax.api.startup.PickyKafka.DESCRIBE;
import static io.parallax.api.startup.PickyKafka.SETTINGS;
import static io.parallax.api.startup.PickyKafka.WIDEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.api.health.KafkaState;
import io.parallax.api.messaging.WorkPartitions;
import io.parallax.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where Kafka refuses what the topics are to be, work goes on with what they are. */
class TopicCareTest {
    private static final String NO = "not for you";
    private static final TopicSettings SETTINGS_OF_TOPICS = new TopicSettings() {
        @Override
        public int taskPartitions() {
            return 8;
        }

        @Override
        public int partitions() {
            return 4;
        }

        @Override
        public Optional<Short> replication() {
            return Optional.empty();
        }

        @Override
        public Duration workRetention() {
            return Duration.ofHours(12);
        }

        @Override
        public Duration retention() {
            return Duration.ofDays(7);
        }
    };
    private static final List<TopicPlan> PLANS = TopicPlan.all(SETTINGS_OF_TOPICS, false);

    private final PickyKafka kafka = new PickyKafka();
    private final KafkaState state = new KafkaState();
    private final List<String> said = new ArrayList<>();
    private final TopicCare care = care(PLANS, Optional.empty(), true);

    private TopicCare care(List<TopicPlan> plans, Optional<Short> replication, boolean makesTopics) {
        return new TopicCare(state, new WorkPartitions(), plans, replication, makesTopics, new Remarks(said::add));
    }

    @BeforeEach
    void nothingIsKnown() {
        state.setLacksTopics(true);
    }

    /** By an administrator, with fewer partitions and other settings than they are to have. */
    private void makeLesserTopics() {
        PLANS.forEach(plan -> kafka.make(plan.name(), 1, Map.of("retention.ms", "1000")));
    }

    private void makeTopics() {
        PLANS.forEach(plan -> kafka.make(plan.name(), plan.partitions(), plan.settings()));
    }

    /** What is away, as the watch has it. */
    private List<String> look(TopicCare care) throws Exception {
        List<String> outages = care.look(kafka);
        state.set(outages.isEmpty());
        return outages;
    }

    private List<String> saidNow() {
        List<String> all = List.copyOf(said);
        said.clear();
        return all;
    }

    private void assertThatWorkGoesOn() {
        assertThatCode(state::requireTopics).doesNotThrowAnyException();
    }

    private static Stream<ApiException> refusals() {
        return Stream.of(
                new TopicAuthorizationException(NO),
                new PolicyViolationException(NO),
                new InvalidConfigurationException(NO),
                new UnsupportedVersionException(NO));
    }

    private static Stream<ApiException> outages() {
        return Stream.of(new TimeoutException(NO), new DisconnectException(NO), new SaslAuthenticationException(NO));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void workGoesOnWithTopicsThatCannotBeWidened(ApiException refusal) throws Exception {
        makeLesserTopics();
        PLANS.forEach(plan -> kafka.refuse(WIDEN + plan.name(), refusal));
        assertThat(look(care)).isEmpty();
        assertThatWorkGoesOn();
        assertThat(saidNow())
                .hasSize(5)
                .contains("The topic parallax.tasks has 1 partitions where it is to have 8, and gets no more: " + NO);
        assertThat(look(care)).isEmpty();
        assertThat(saidNow()).isEmpty();

        // When somebody makes some more
        kafka.make(Topics.TASKS, 2, Map.of());
        look(care);
        assertThat(saidNow())
                .containsExactly(
                        "The topic parallax.tasks has 2 partitions where it is to have 8, and gets no more: " + NO);

        // When it is allowed
        kafka.allowEverything();
        assertThat(look(care)).isEmpty();
        assertThat(kafka.partitions(Topics.TASKS)).isEqualTo(8);
        assertThat(saidNow()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void workGoesOnWithoutATopicThatNobodyNeeds(ApiException refusal) throws Exception {
        kafka.refuse(CREATE + Topics.REQUESTS, refusal);
        assertThat(look(care)).isEmpty();
        assertThatWorkGoesOn();
        assertThat(saidNow()).containsExactly("The topic parallax.requests cannot be made: " + NO);
        assertThat(kafka.settings(Topics.JOBS)).containsKey("retention.ms");

        // When it is needed
        TopicCare withRequests = care(TopicPlan.all(SETTINGS_OF_TOPICS, true), Optional.empty(), true);
        assertThat(look(withRequests)).containsExactly("the topic parallax.requests is missing");
        assertThatThrownBy(state::requireTopics).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void workGoesOnWhereATopicIsNotToldOf(ApiException refusal) throws Exception {
        makeTopics();
        kafka.refuse(DESCRIBE + Topics.DEAD_LETTER, refusal);
        assertThat(look(care)).isEmpty();
        assertThatWorkGoesOn();
        assertThat(look(care)).isEmpty();
        assertThat(saidNow()).containsExactly("It is not known whether there is a topic parallax.dead-letter: " + NO);
        assertThat(kafka.asked()).noneMatch(asked -> asked.startsWith(CREATE));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void settingsThatCannotBeChangedAreNoOutage(ApiException refusal) throws Exception {
        makeTopics();
        kafka.make(Topics.EVENTS, 4, Map.of());
        kafka.refuse(CHANGE + "segment.ms", refusal);
        kafka.refuse(SETTINGS + Topics.RESULTS, refusal);
        assertThat(look(care)).isEmpty();
        assertThat(look(care)).isEmpty();
        assertThatWorkGoesOn();
        assertThat(saidNow())
                .containsExactlyInAnyOrder(
                        "It is not known what settings the topic parallax.results has: " + NO,
                        "The topic parallax.events has segment.ms=null where it is to have 151200000, and keeps it: "
                                + NO);
        // The others of the same topic
        assertThat(kafka.settings(Topics.EVENTS)).containsOnlyKeys("max.message.bytes", "retention.ms");

        // When it is allowed
        kafka.allowEverything();
        look(care);
        assertThat(kafka.settings(Topics.EVENTS)).containsKey("segment.ms");
    }

    @ParameterizedTest
    @MethodSource("outages")
    void whereNobodyAnswersItIsAnOutage(ApiException outage) {
        makeLesserTopics();
        kafka.refuse(WIDEN + Topics.TASKS, outage);
        assertThatThrownBy(() -> look(care))
                .isInstanceOf(ExecutionException.class)
                .hasCause(outage);
        assertThatWorkGoesOn();
        kafka.refuse(DESCRIBE + Topics.TASKS, outage);
        assertThatThrownBy(() -> look(care)).hasCause(outage);
    }

    @Test
    void whatWasMadeAnewOrWidenedGetsItsSettings() throws Exception {
        makeTopics();
        assertThat(look(care)).isEmpty();
        kafka.asked();

        // When nothing has happened, then nobody asks
        look(care);
        assertThat(kafka.asked()).allMatch(asked -> asked.startsWith(DESCRIBE));

        // When it is narrow, or as it was but another one
        for (int partitions : List.of(1, 8)) {
            kafka.make(Topics.TASKS, partitions, Map.of());
            assertThat(look(care)).isEmpty();
            assertThat(kafka.partitions(Topics.TASKS)).isEqualTo(8);
            assertThat(kafka.settings(Topics.TASKS))
                    .containsEntry("max.message.bytes", "8388608")
                    .containsEntry("retention.ms", "43200000");
        }
        assertThat(saidNow()).isEmpty();
    }

    @Test
    void whoMayOnlyLookSaysWhatIsNotAsItIsToBe() throws Exception {
        makeTopics();
        kafka.make(Topics.TASKS, 1, Map.of("max.message.bytes", "1048588", "segment.ms", "10800000"));
        TopicCare onlooker = care(PLANS, Optional.of((short) 3), false);
        assertThat(look(onlooker)).isEmpty();
        assertThat(saidNow())
                .hasSize(3 + PLANS.size())
                .contains(
                        "The topic parallax.tasks has 1 partitions where it is to have 8.",
                        "The topic parallax.tasks has max.message.bytes=1048588 where it is to have 8388608.",
                        "The topic parallax.tasks has retention.ms=null where it is to have 43200000.",
                        "The topic parallax.events has a replication of 1 where it is to have 3.");
        look(onlooker);
        assertThat(saidNow()).isEmpty();
        kafka.settings(Topics.TASKS).put("retention.ms", "1000");
        look(onlooker);
        assertThat(saidNow())
                .containsExactly("The topic parallax.tasks has retention.ms=1000 where it is to have 43200000.");
        assertThat(kafka.asked()).allMatch(asked -> asked.startsWith(DESCRIBE) || asked.startsWith(SETTINGS));
    }

    @Test
    void whoMayDoEverythingSaysOnlyThatReplicationIsLess() throws Exception {
        makeLesserTopics();
        TopicCare three = care(PLANS, Optional.of((short) 3), true);
        look(three);
        look(three);
        assertThat(saidNow()).hasSize(PLANS.size()).allMatch(said -> said.contains("a replication of 1"));
    }
}
