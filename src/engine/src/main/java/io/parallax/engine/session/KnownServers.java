package io.parallax.engine.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What has been found out about servers, each of which is asked but once; of the last thousand questions. */
public final class KnownServers {
    private static final int MOST = 1000;

    private record Question(String server, Object about) {}

    private final Map<Question, Object> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Object> eldest) {
            return size() > MOST;
        }
    };

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
            Object known = answers.get(question);
            if (known != null) {
                return (T) known;
            }
        }
        T answer = asked.get();
        synchronized (answers) {
            answers.put(question, answer);
        }
        return answer;
    }
}
