package io.parallax.api.messaging;

import io.parallax.contract.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;

/**
 * Where work goes: to every partition in turn, whatever it is about, so that work that one worker hands back comes to another one soon,
 * and that none waits for a partition that is away.
 */
@ApplicationScoped
public class WorkPartitions {
    private final Partitions jobs = new Partitions(Topics.OTHER_PARTITIONS);
    private final Partitions tasks = new Partitions(Topics.TASK_PARTITIONS);

    /** From now on these, by topic; where there are none, what is sent waits for those that were there. */
    public void are(Map<String, ? extends Collection<Integer>> present) {
        present.forEach((topic, numbers) -> {
            if (topic.equals(Topics.JOBS)) {
                jobs.are(numbers);
            } else if (topic.equals(Topics.TASKS)) {
                tasks.are(numbers);
            }
        });
    }

    Partitions jobs() {
        return jobs;
    }

    Partitions tasks() {
        return tasks;
    }
}
