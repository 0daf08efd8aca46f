package io.parallax.engine.dialect;

import io.parallax.contract.SourceDetails;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.KnownServers;
import io.parallax.engine.session.Locking;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.session.SideThreads;
import io.parallax.engine.session.WritingSession;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Opens sessions on any source, each in the dialect of its type. */
public final class SourceSessions implements Sessions {
    private final Map<Dialect, Sessions> each;
    private final SideThreads otherSide = new SideThreads();
    private final KnownServers known = new KnownServers();

    /**
     * In all dialects that there are.
     *
     * @throws IllegalStateException when there is none: whoever asks for sessions could do nothing
     */
    public SourceSessions(ConnectionSettings settings) {
        this(Dialects.all(), settings);
    }

    SourceSessions(List<Dialect> dialects, ConnectionSettings settings) {
        if (dialects.isEmpty()) {
            throw new IllegalStateException("There is no dialect on the class path; a module of src/dialects has one.");
        }
        this.each =
                dialects.stream().collect(Collectors.toMap(Function.identity(), dialect -> dialect.sessions(settings)));
    }

    @Override
    public Session open(SourceDetails source, Locking locking, Cancellation cancellation) {
        return of(source).open(source, locking, cancellation);
    }

    @Override
    public Session open(SourceDetails source, String snapshot, Locking locking, Cancellation cancellation) {
        return of(source).open(source, snapshot, locking, cancellation);
    }

    @Override
    public WritingSession openToWrite(SourceDetails source, Cancellation cancellation) {
        return of(source).openToWrite(source, cancellation);
    }

    private Sessions of(SourceDetails source) {
        return Objects.requireNonNull(each.get(Dialects.of(source)));
    }

    @Override
    public Executor otherSide() {
        return otherSide;
    }

    /** All of them, whatever becomes of any; the first failure is thrown in the end. */
    @Override
    public KnownServers known() {
        return known;
    }

    @Override
    public void close() {
        otherSide.close();
        RuntimeException first = null;
        for (Sessions sessions : each.values()) {
            try {
                sessions.close();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
