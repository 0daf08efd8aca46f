package io.parallax.api.messaging;

/** The channels of this service, by name; application.properties gives each its topic. */
public final class Channels {
    public static final String JOBS = "api-jobs-out";
    public static final String TASKS = "api-tasks-out";
    public static final String CONTROL = "api-control-out";
    public static final String DEAD_LETTER = "api-dead-letter-out";
    public static final String EVENTS = "api-events-out";
    public static final String REQUESTS = "api-requests-in";
    public static final String RESULTS = "api-results-in";

    private Channels() {}
}
