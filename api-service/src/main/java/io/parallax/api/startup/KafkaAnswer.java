package io.parallax.api.startup;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.NetworkException;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka says to one thing that it is asked for: that it is so, or why not. No answer at all is an outage, and a failure here.
 *
 * @param value absent when it was refused, or there is nothing to tell
 * @param refusal why not; absent when it is so
 */
record KafkaAnswer<T>(@Nullable T value, @Nullable ApiException refusal) {
    private static final long PATIENCE_SECONDS = 5;

    /** That about one of several. */
    static <K, T> KafkaAnswer<T> of(Map<K, KafkaFuture<T>> asked, K about)
            throws InterruptedException, ExecutionException, TimeoutException {
        return of(Objects.requireNonNull(asked.get(about)));
    }

    private static <T> KafkaAnswer<T> of(KafkaFuture<T> asked)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return new KafkaAnswer<>(asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS), null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException refusal && !isOutage(refusal)) {
                return new KafkaAnswer<>(null, refusal);
            }
            throw e;
        }
    }

    /** Nobody was there to refuse, or nobody who knows us. */
    private static boolean isOutage(ApiException failure) {
        return failure instanceof org.apache.kafka.common.errors.TimeoutException
                || failure instanceof DisconnectException
                || failure instanceof NetworkException
                || failure instanceof AuthenticationException;
    }

    boolean isRefusal() {
        return refusal != null;
    }

    /** Why not, in Kafka's words. */
    String reason() {
        return refusal == null || refusal.getMessage() == null ? String.valueOf(refusal) : refusal.getMessage();
    }
}
