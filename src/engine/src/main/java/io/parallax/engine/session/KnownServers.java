package io.parallax.engine.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What has been found out about servers lately; of the last thousand questions. */
public final class KnownServers {
    private static final int MOST = 1000;

    /** Somebody may have changed what it may do, or moved its name to another one. */
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final LongSupplier nanos;

    private record Question(String server, Object about) {}

    private record Answer(Object given, long until) {}

    private final Map<Question, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Answer> eldest) {
            return size() > MOST;
        }
    };

    public KnownServers() {
        this(System::nanoTime);
    }

    KnownServers(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * What is known of a server.
     *
     * @param server as {@link Session#server} has it
     * @param about what sets the question apart from all others
     * @param asked finds it out; several may do so at once
     */
    @SuppressWarnings("unchecked")
    public <T> T of(String server, Object about, Supplier<T> asked) {
        Question question = new Question(server, about);
        synchronized (answers) {
            Answer known = answers.get(question);
            if (known != null && nanos.getAsLong() - known.until < 0) {
                return (T) known.given;
            }
        }
        T answer = asked.get();
        synchronized (answers) {
            answers.put(question, new Answer(answer, nanos.getAsLong() + LIFETIME.toNanos()));
        }
        return answer;
    }
}
