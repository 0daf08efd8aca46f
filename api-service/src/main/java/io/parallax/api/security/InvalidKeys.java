package io.parallax.api.security;

import io.netty.util.NetUtil;
import io.parallax.api.problems.OutageLog;
import io.parallax.api.problems.ProblemException;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Who sends keys that are none is answered without the store before long, by address. Keys that were valid lately are none of its
 * business: others may come from the same address.
 */
@ApplicationScoped
class InvalidKeys {
    private static final Logger LOG = Logger.getLogger(InvalidKeys.class);
    private static final int MOST_ADDRESSES = 10_000;

    /** Of an address of IPv6, who has one has them all. */
    private static final int NETWORK_BYTES = 8;

    private static final int SECONDS = 60;
    private static final long REFRESH_NANOS = 1_000_000_000L;

    private final double perMinute;
    private final LongSupplier clock;
    private final Supplier<Uni<Set<String>>> stored;
    private final AtomicLong refreshedAt;
    private final Map<String, Bucket> addresses = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };
    private volatile Set<String> valid = ConcurrentHashMap.newKeySet();

    @Inject
    InvalidKeys(
            ApiKeys keys,
            @ConfigProperty(name = "parallax.rate-limit.invalid-keys-per-minute", defaultValue = "60")
                    double perMinute) {
        this(perMinute, System::nanoTime, keys::hashes);
    }

    /**
     * @param stored the hashes of all valid keys, as {@link #hash} writes them
     */
    InvalidKeys(double perMinute, LongSupplier clock, Supplier<Uni<Set<String>>> stored) {
        this.perMinute = perMinute;
        this.clock = clock;
        this.stored = stored;
        this.refreshedAt = new AtomicLong(clock.getAsLong() - REFRESH_NANOS);
    }

    static String hash(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** A question to the store about a key, which somebody at an address may ask. */
    record Question(String hash, @Nullable Bucket paid) {}

    /**
     * Passes when the store may be asked about a key.
     *
     * @throws ProblemException (429) when too many others were none that came from its address
     */
    Question ask(@Nullable String address, String key, Consumer<Allowance> told) {
        String hash = hash(ApiKey.hash(key));
        if (perMinute <= 0 || address == null || valid.contains(hash)) {
            return new Question(hash, null);
        }
        Bucket bucket = bucket(network(address));
        Allowance allowance = bucket.take();
        if (!allowance.taken()) {
            refresh();
            told.accept(allowance);
            throw new ProblemException(
                    429, "Too many keys that are unknown or revoked come from this address; try again in a moment.");
        }
        return new Question(hash, bucket);
    }

    /** What the store has said of it. */
    void answered(Question question, boolean isValid) {
        if (isValid) {
            valid.add(question.hash());
            unanswered(question);
        } else {
            valid.remove(question.hash());
        }
    }

    /** The store has said nothing, so it does not count. */
    void unanswered(Question question) {
        if (question.paid() != null) {
            question.paid().giveBack();
        }
    }

    void learn(@Observes StartupEvent event) {
        refresh();
    }

    /** Once a second at most, whoever else may come: a key may be new, or this replica. */
    private void refresh() {
        long now = clock.getAsLong();
        long before = refreshedAt.get();
        if (now - before >= REFRESH_NANOS && refreshedAt.compareAndSet(before, now)) {
            stored.get()
                    .subscribe()
                    .with(this::know, failure -> OutageLog.warn(LOG, "It is not known which keys are valid", failure));
        }
    }

    /** These keys are valid, and no others. */
    void know(Set<String> hashes) {
        Set<String> all = ConcurrentHashMap.newKeySet();
        all.addAll(hashes);
        valid = all;
    }

    private Bucket bucket(String network) {
        synchronized (addresses) {
            return addresses.computeIfAbsent(network, any -> new Bucket(perMinute / SECONDS, perMinute, clock));
        }
    }

    private static String network(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length <= NETWORK_BYTES ? address : hash(Arrays.copyOf(bytes, NETWORK_BYTES));
    }
}
