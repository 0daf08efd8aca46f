package io.parallax.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;

/**
 * What this process has opened; closed in reverse order, once, by whoever comes first.
 *
 * <p>A close waits for the opening under way, so a signal in the middle of a start leaves nothing behind.
 */
public final class OpenResources implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private volatile boolean ending;
    private boolean closed;

    /** @throws InterruptedException when everything has been closed already: the process is on its way out */
    public synchronized <T extends AutoCloseable> T open(Callable<T> opening) throws Exception {
        if (closed) {
            throw new InterruptedException("the process is ending");
        }
        T resource = opening.call();
        opened.push(resource);
        return resource;
    }

    /** True from the moment somebody wants everything closed: what fails now fails because of that. */
    public boolean ending() {
        return ending;
    }

    @Override
    public void close() {
        ending = true;
        closeAll();
    }

    private synchronized void closeAll() {
        closed = true;
        while (!opened.isEmpty()) {
            close(opened.pop());
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.err.println("Parallax could not stop one of its parts cleanly: " + e.getMessage());
        }
    }
}
