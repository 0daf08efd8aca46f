package io.parallax.engine.plan.stage;

import io.parallax.contract.Codec;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Snapshots;
import io.parallax.engine.task.Taken;

/**
 * Keeps the snapshots of a plan in place of who kept them so far. They are imported, then what they show is locked, which the other one
 * still has locked as well, and they are exported again: whoever imports them by their new names sees what was seen before.
 */
public final class Takeover {
    private final Sessions sessions;

    public Takeover(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * Of the plan whose tasks share this.
     *
     * @throws DiffFailedException when they are gone already, or cannot be kept
     */
    public Taken take(PlanContext context, Databases databases, Cancellation cancellation) {
        Snapshots old = context.snapshots();
        if (old == null) {
            throw new DiffFailedException(ErrorType.INTERNAL, "This plan keeps nothing.");
        }
        SourceDetails a = databases.a().with(context.a().settings());
        SourceDetails b = databases.b().with(context.b().settings());
        boolean oneDatabase = a.equals(b);
        Locking ofA = context.a().locking();
        Locking ofB = context.b().locking();
        SessionPair pair = SessionPair.open(
                sessions,
                () -> sessions.open(a, old.a(), oneDatabase ? ofA.and(ofB) : ofA, cancellation),
                () -> sessions.open(b, old.b(), ofB, cancellation));
        try {
            Snapshots names = SnapshotHold.export(pair, oneDatabase);
            return new Taken(Codec.toJson(context.on(old.exportedAs(names))), SnapshotHold.of(pair));
        } catch (RuntimeException | Error e) {
            pair.close();
            throw e;
        }
    }
}
