package io.parallax.worker.intake;

import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.Control;
import io.parallax.worker.source.SealCheck;
import io.parallax.worker.work.RunningWork;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Reads {@link io.parallax.contract.Topics#CONTROL}. */
@ApplicationScoped
public class ControlIntake {
    private static final Logger LOG = Logger.getLogger(ControlIntake.class);

    private final RunningWork running;
    private final SealCheck seal;

    ControlIntake(RunningWork running, SealCheck seal) {
        this.running = running;
        this.seal = seal;
    }

    /** Blocking: cancelling a statement opens a connection to its source. */
    @Incoming("worker-control-in")
    @Blocking
    void accept(byte[] payload) {
        try {
            take(Codec.decode(payload, Control.class));
        } catch (UnreadableMessageException e) {
            LOG.warnf("a control message is unreadable: %s", e.getMessage());
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end the channel; whoever has not stopped is told again when it reports.
            LOG.error("a control message is lost", e);
        }
    }

    private void take(Control control) {
        if (control instanceof Control.KeyCheck check) {
            seal.hear(check);
        } else {
            running.stop(control);
        }
    }
}
