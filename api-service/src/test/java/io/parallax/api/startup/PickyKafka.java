package io.parallax.api.startup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;

/** Topics of a Kafka that does not do everything that it is asked for. */
final class PickyKafka implements KafkaAdmin {
    static final String DESCRIBE = "describe ";
    static final String CREATE = "create ";
    static final String WIDEN = "widen ";
    static final String SETTINGS = "settings ";
    static final String CHANGE = "change ";

    private static final Node BROKER = new Node(1, "broker", 9092);

    private final Map<String, Topic> topics = new HashMap<>();
    private final Map<String, ApiException> refusals = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    private record Topic(Uuid id, int partitions, Map<String, String> settings) {
        TopicDescription description(String name) {
            List<TopicPartitionInfo> all = IntStream.range(0, partitions)
                    .mapToObj(number -> new TopicPartitionInfo(number, BROKER, List.of(BROKER), List.of(BROKER)))
                    .toList();
            return new TopicDescription(name, false, all, null, id);
        }
    }

    /** A topic that somebody has made, anew where it was there. */
    void make(String name, int partitions, Map<String, String> settings) {
        topics.put(name, new Topic(Uuid.randomUuid(), partitions, new ConcurrentHashMap<>(settings)));
    }

    /** What is no longer done, to be said in one of the words above and a topic. */
    void refuse(String what, ApiException why) {
        refusals.put(what, why);
    }

    void allowEverything() {
        refusals.clear();
    }

    int partitions(String name) {
        return topics.get(name).partitions();
    }

    Map<String, String> settings(String name) {
        return topics.get(name).settings();
    }

    /** All that was asked for since the last time. */
    List<String> asked() {
        List<String> all = List.copyOf(asked);
        asked.clear();
        return all;
    }

    private <K, T> Map<K, KafkaFuture<T>> each(
            String what, Collection<K> keys, Function<K, String> name, Function<K, T> done) {
        return keys.stream()
                .collect(Collectors.toMap(
                        Function.identity(), key -> answer(what + name.apply(key), () -> done.apply(key))));
    }

    private <T> KafkaFuture<T> answer(String what, Supplier<T> done) {
        asked.add(what);
        KafkaFutureImpl<T> answer = new KafkaFutureImpl<>();
        try {
            ApiException refusal = refusals.get(what);
            if (refusal != null) {
                throw refusal;
            }
            answer.complete(done.get());
        } catch (ApiException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    @Override
    public Map<String, KafkaFuture<TopicDescription>> describe(Collection<String> names) {
        return each(DESCRIBE, names, Function.identity(), name -> {
            Topic topic = topics.get(name);
            if (topic == null) {
                throw new UnknownTopicOrPartitionException("expected by this test");
            }
            return topic.description(name);
        });
    }

    @Override
    public Map<String, KafkaFuture<Void>> create(Collection<NewTopic> wanted) {
        Map<String, NewTopic> byName = wanted.stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));
        return each(CREATE, byName.keySet(), Function.identity(), name -> {
            NewTopic topic = byName.get(name);
            make(name, topic.numPartitions(), topic.configs());
            return null;
        });
    }

    @Override
    public Map<String, KafkaFuture<Void>> widen(Map<String, NewPartitions> wanted) {
        return each(WIDEN, wanted.keySet(), Function.identity(), name -> {
            topics.computeIfPresent(
                    name,
                    (same, topic) -> new Topic(topic.id(), wanted.get(name).totalCount(), topic.settings()));
            return null;
        });
    }

    @Override
    public Map<ConfigResource, KafkaFuture<Config>> settings(Collection<ConfigResource> wanted) {
        return each(
                SETTINGS,
                wanted,
                ConfigResource::name,
                topic -> new Config(settings(topic.name()).entrySet().stream()
                        .map(setting -> new ConfigEntry(setting.getKey(), setting.getValue()))
                        .toList()));
    }

    @Override
    public Map<ConfigResource, KafkaFuture<Void>> change(Map<ConfigResource, Collection<AlterConfigOp>> changes) {
        return each(CHANGE, changes.keySet(), ConfigResource::name, topic -> {
            for (AlterConfigOp change : changes.get(topic)) {
                ApiException refusal =
                        refusals.get(CHANGE + change.configEntry().name());
                if (refusal != null) {
                    throw refusal;
                }
            }
            changes.get(topic).forEach(change -> settings(topic.name())
                    .put(change.configEntry().name(), change.configEntry().value()));
            return null;
        });
    }
}
