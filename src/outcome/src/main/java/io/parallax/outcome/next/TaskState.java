package io.parallax.outcome.next;

import org.jspecify.annotations.Nullable;

/**
 * A task as it stands when a worker says that it failed.
 *
 * @param attempt the one that counts
 * @param worker who has it; null for nobody
 * @param done whether it has a result
 * @param quick whether it was issued just now
 * @param holds whether it is what its plan keeps, which is in flight until the diff is over
 * @param plan what its plan keeps
 */
public record TaskState(int attempt, @Nullable String worker, boolean done, boolean quick, boolean holds, Held plan) {
    /**
     * What the task's plan keeps, for as long as the diff runs.
     *
     * @param isAny whether it keeps anything
     * @param handedOver whether that was taken over by another worker
     * @param outdated whether that was after the task had been issued, which may have looked for it under another name
     */
    public record Held(boolean isAny, boolean handedOver, boolean outdated) {
        public static final Held NOTHING = new Held(false, false, false);
    }
}
