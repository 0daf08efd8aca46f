package io.parallax.api.events;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Names as this machine knows them, but for some whose name server does not answer while a test says so. */
@Singleton
public class NamesForTests implements Lookups.Names {
    private static final String LOST = ".lost.example";
    private static final AtomicInteger HANGING = new AtomicInteger();
    private static volatile CountDownLatch answer = new CountDownLatch(0);

    /** From now on names that end with {@code .lost.example} are not answered. */
    public static void hang() {
        answer = new CountDownLatch(1);
    }

    public static void goOn() {
        answer.countDown();
    }

    /** How many of them are being looked up. */
    public static int hanging() {
        return HANGING.get();
    }

    @Override
    public InetAddress[] addresses(String host) throws UnknownHostException {
        if (!host.endsWith(LOST)) {
            return InetAddress.getAllByName(host);
        }
        HANGING.incrementAndGet();
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            HANGING.decrementAndGet();
        }
        throw new UnknownHostException(host);
    }
}
