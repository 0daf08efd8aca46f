package io.parallax.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private final Membership membership = new Membership();

    private static Consumer<?, ?> memberOf(String group) {
        return (Consumer<?, ?>) Proxy.newProxyInstance(
                MembershipTest.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                (proxy, method, args) -> new ConsumerGroupMetadata(group));
    }

    @Test
    void itIsInNoneAtFirst() {
        assertThat(membership.in(0)).isTrue();
        assertThat(membership.in(1)).isFalse();
    }

    @Test
    void anAssignmentOfNothingIsOne() {
        membership.onPartitionsAssigned(memberOf("jobs"), List.of());
        membership.onPartitionsAssigned(memberOf("jobs"), List.of());
        assertThat(membership.in(1)).isTrue();
        assertThat(membership.in(2)).isFalse();
        membership.onPartitionsAssigned(memberOf("tasks"), List.of());
        assertThat(membership.in(2)).isTrue();
    }

    @Test
    void betweenTwoAssignmentsItIsInStill() {
        membership.onPartitionsAssigned(memberOf("jobs"), List.of());
        membership.onPartitionsRevoked(memberOf("jobs"), List.of());
        assertThat(membership.in(1)).isTrue();
    }
}
