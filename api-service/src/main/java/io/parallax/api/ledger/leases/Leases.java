package io.parallax.api.ledger.leases;

import io.parallax.api.ledger.LedgerSettings;
import io.parallax.api.ledger.backlog.Backlog;
import io.parallax.api.ledger.issue.Dispatcher;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.api.ledger.issue.TaskArrays;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** The time that workers have to be heard of again. */
@ApplicationScoped
public class Leases {
    private final Pool store;
    private final Dispatcher dispatcher;
    private final Backlog backlog;
    private final Handover handover;
    private final Workforce workforce;
    private final LedgerSettings settings;

    Leases(
            Pool store,
            Dispatcher dispatcher,
            Backlog backlog,
            Handover handover,
            Workforce workforce,
            LedgerSettings settings) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.backlog = backlog;
        this.handover = handover;
        this.workforce = workforce;
        this.settings = settings;
    }

    /** Renews leases; what need not be running is told to stop. */
    public Uni<Void> alive(Report.Alive report) {
        if (report.slots() != null) {
            return workforce.note(report);
        }
        // Not one transaction: it would hold tasks while it waits for their diff, and others do the reverse.
        return store.preparedQuery(LeasesSql.RENEW)
                .execute(renewal(report))
                .flatMap(renewed -> begun(report, renewed))
                .invoke(orders -> orders.stops().forEach(dispatcher::tell))
                .chain(() -> handover.askFor(report));
    }

    private Tuple renewal(Report.Alive report) {
        return Tuple.of(
                        report.diff(),
                        TaskArrays.ints(
                                report.running(), running -> running.address().plan()),
                        TaskArrays.ints(
                                report.running(), running -> running.address().stage()),
                        TaskArrays.ints(
                                report.running(), running -> running.address().task()),
                        TaskArrays.ints(report.running(), Report.Running::attempt),
                        report.worker())
                .addLong(settings.lease().toMillis());
    }

    private Uni<PendingMessages> begun(Report.Alive report, RowSet<Row> renewed) {
        List<TaskAddress> alive = new ArrayList<>();
        renewed.forEach(row -> alive.add(new TaskAddress(
                report.diff(), row.getInteger("plan"), row.getInteger("stage"), row.getInteger("task"))));
        List<Report.Running> stray = report.running().stream()
                .filter(running -> !alive.contains(running.address()))
                .toList();
        Uni<Void> noted = begins(renewed) ? backlog.admit() : Uni.createFrom().voidItem();
        return noted.chain(
                () -> stray.isEmpty() ? Uni.createFrom().item(PendingMessages.NONE) : stops(report.diff(), stray));
    }

    private static boolean begins(RowSet<Row> renewed) {
        for (Row row : renewed) {
            return row.getBoolean("begun");
        }
        return false;
    }

    private Uni<PendingMessages> stops(long diff, List<Report.Running> stray) {
        return store.preparedQuery(LeasesSql.STATE).execute(Tuple.of(diff)).map(rows -> {
            int livePlan = 0;
            OrphanedWork.Held held = OrphanedWork.Held.NOTHING;
            for (Row row : rows) {
                livePlan = row.getBoolean("live") ? row.getInteger("plan") : 0;
                held = new OrphanedWork.Held(row.getInteger("held"), row.getBoolean("shared"));
            }
            return OrphanedWork.stops(diff, livePlan, held, stray);
        });
    }
}
