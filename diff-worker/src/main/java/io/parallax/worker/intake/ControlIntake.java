package io.parallax.worker.intake;

import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.Control;
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

    ControlIntake(RunningWork running) {
        this.running = running;
    }

    /** Blocking: cancelling a statement opens a connection to its source. */
    @Incoming("worker-control-in")
    @Blocking
    void accept(byte[] payload) {
        try {
            running.stop(Codec.decode(payload, Control.class));
        } catch (UnreadableMessageException e) {
            LOG.warnf("a control message is unreadable: %s", e.getMessage());
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end the channel; whoever has not stopped is told again when it reports.
            LOG.error("a control message is lost", e);
        }
    }
}
