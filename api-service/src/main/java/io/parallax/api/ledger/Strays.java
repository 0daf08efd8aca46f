package io.parallax.api.ledger;

import io.parallax.contract.message.Control;
import io.parallax.contract.message.Report;
import java.util.List;

/** Work that runs though nobody waits for it. */
final class Strays {
    private Strays() {}

    /**
     * What to tell the workers that run it.
     *
     * @param livePlan the plan in force; 0 when the diff is over
     * @param held whether that plan needs what is held for it
     */
    static Orders stops(long diff, int livePlan, boolean held, List<Report.Running> stray) {
        int latestStale = stray.stream()
                .mapToInt(running -> running.address().plan())
                .filter(plan -> livePlan == 0 || plan < livePlan)
                .max()
                .orElse(0);
        Orders orders = latestStale == 0 ? Orders.NONE : Orders.stop(diff, new Control.StopDiff(diff, latestStale));
        // Two workers may hold for the same plan, and a message to stop one of them would reach both.
        return stray.stream()
                .filter(running -> running.address().plan() > latestStale)
                .filter(running -> !held || !running.address().holds())
                .map(running -> Orders.stop(diff, new Control.StopTask(running.address(), running.attempt())))
                .reduce(orders, Orders::and);
    }
}
