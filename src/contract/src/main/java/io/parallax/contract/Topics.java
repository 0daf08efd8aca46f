package io.parallax.contract;

/** The Kafka topics, by name; records are JSON bytes of {@link Codec}. */
public final class Topics {
    /** {@link io.parallax.contract.message.Job}: plan a diff, test a source. */
    public static final String JOBS = "parallax.jobs";

    /** {@link io.parallax.contract.message.CompareTask}: over many partitions, the next one where one was done. */
    public static final String TASKS = "parallax.tasks";

    /** {@link io.parallax.contract.message.Report}, keyed by diff id. */
    public static final String RESULTS = "parallax.results";

    /** {@link io.parallax.contract.message.Control}, read by every worker without a consumer group. */
    public static final String CONTROL = "parallax.control";

    /** Records nobody could read, as they came, with the reason in the header {@code reason}. */
    public static final String DEAD_LETTER = "parallax.dead-letter";

    /** CloudEvents about diffs, for anyone, keyed by diff id. */
    public static final String EVENTS = "parallax.events";

    /** Requests for diffs by message, as clients post them. */
    public static final String REQUESTS = "parallax.requests";

    /** One slow task must not hold up its neighbours. */
    public static final int TASK_PARTITIONS = 64;

    /** Partitions of the jobs and results topics. */
    public static final int OTHER_PARTITIONS = 16;

    /** The largest record any topic must take, in bytes; every topic is created with it. */
    public static final int MAX_RECORD_BYTES = 8 * 1024 * 1024;

    private Topics() {}
}
