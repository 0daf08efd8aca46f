package io.parallax.api.startup;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** What is asked of Kafka about topics, each with an answer of its own. */
interface KafkaAdmin {
    Map<String, KafkaFuture<TopicDescription>> describe(Collection<String> topics);

    Map<String, KafkaFuture<Void>> create(Collection<NewTopic> topics);

    Map<String, KafkaFuture<Void>> widen(Map<String, NewPartitions> topics);

    Map<ConfigResource, KafkaFuture<Config>> settings(Collection<ConfigResource> topics);

    Map<ConfigResource, KafkaFuture<Void>> change(Map<ConfigResource, Collection<AlterConfigOp>> changes);

    /** Kafka itself. */
    record Of(Admin admin) implements KafkaAdmin {
        @Override
        public Map<String, KafkaFuture<TopicDescription>> describe(Collection<String> topics) {
            return admin.describeTopics(topics).topicNameValues();
        }

        @Override
        public Map<String, KafkaFuture<Void>> create(Collection<NewTopic> topics) {
            return admin.createTopics(topics).values();
        }

        @Override
        public Map<String, KafkaFuture<Void>> widen(Map<String, NewPartitions> topics) {
            return admin.createPartitions(topics).values();
        }

        @Override
        public Map<ConfigResource, KafkaFuture<Config>> settings(Collection<ConfigResource> topics) {
            return admin.describeConfigs(topics).values();
        }

        @Override
        public Map<ConfigResource, KafkaFuture<Void>> change(Map<ConfigResource, Collection<AlterConfigOp>> changes) {
            return admin.incrementalAlterConfigs(changes).values();
        }
    }
}
