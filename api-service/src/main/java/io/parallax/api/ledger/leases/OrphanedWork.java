package io.parallax.api.ledger.leases;

import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Report;
import java.util.List;

/** Work that runs though nobody waits for it. */
final class OrphanedWork {
    private OrphanedWork() {}

    /**
     * What is held for a plan.
     *
     * @param attempt one more with each worker that takes it over from another one; 0 when the plan needs nothing to be held
     * @param shared whether a task may still depend on what one of the earlier workers holds
     */
    record Held(int attempt, boolean shared) {
        static final Held NOTHING = new Held(0, false);

        /** Two workers may hold for the same plan, and a message to stop one of them would reach both. */
        private boolean needs(Report.Running hold) {
            return attempt > 0 && (shared || hold.attempt() >= attempt);
        }
    }

    /**
     * What to tell the workers that run it.
     *
     * @param livePlan the plan in force; 0 when the diff is over
     * @param held what is held for that plan
     */
    static PendingMessages stops(long diff, int livePlan, Held held, List<Report.Running> stray) {
        int latestStale = stray.stream()
                .mapToInt(running -> running.address().plan())
                .filter(plan -> livePlan == 0 || plan < livePlan)
                .max()
                .orElse(0);
        PendingMessages pending = latestStale == 0
                ? PendingMessages.NONE
                : PendingMessages.stop(diff, new Control.StopDiff(diff, latestStale));
        return stray.stream()
                .filter(running -> running.address().plan() > latestStale)
                .filter(running -> !running.address().holds() || !held.needs(running))
                .map(running -> PendingMessages.stop(diff, new Control.StopTask(running.address(), running.attempt())))
                .reduce(pending, PendingMessages::and);
    }
}
