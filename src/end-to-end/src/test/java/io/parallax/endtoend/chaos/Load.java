package io.parallax.endtoend.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Clients who ask, ask again when a replica does not answer, and look until their diff is over. */
final class Load implements AutoCloseable {
    private static final int AT_ONCE = 48;
    private static final int PAUSE_MILLIS = 500;
    private static final int LONGEST_END_SECONDS = 120;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final List<Ask> asks = new ArrayList<>();
    private final Client client;
    private final List<Question> questions;
    private final long seed;
    private final boolean patient;

    /** {@code patient}: whether calls may fail; a connection that is refused is none. */
    Load(Client client, List<Question> questions, long seed, boolean patient) {
        this.client = client;
        this.questions = questions;
        this.seed = seed;
        this.patient = patient;
    }

    /** Asks so many questions, one in so many milliseconds on average, and returns when the last one is on its way. */
    List<Ask> run(int count, int meanMillis) throws InterruptedException {
        Random random = new Random(seed);
        List<Question> deck = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            if (deck.isEmpty()) {
                deck.addAll(questions);
                Collections.shuffle(deck, random);
            }
            Ask ask = new Ask(number, deck.remove(0));
            asks.add(ask);
            Random own = new Random(random.nextLong());
            room.acquire();
            threads.execute(() -> live(ask, own));
            closed.await(random.nextInt(2 * meanMillis), TimeUnit.MILLISECONDS);
        }
        return List.copyOf(asks);
    }

    private void live(Ask ask, Random random) {
        try {
            post(ask, random);
            if (ask.diff() != 0 && ask.question().cancelled() && !pause(random.nextInt(5_000))) {
                cancel(ask, random);
            }
            follow(ask, random);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            ask.defect("its client stumbled: " + e);
        } finally {
            room.release();
        }
    }

    private void post(Ask ask, Random random) throws InterruptedException {
        ObjectNode request = ask.question().tagged(ask.tag());
        do {
            try {
                Client.Answer answer = client.post(random, "/datadiffs", request);
                if (answer.status() == 200) {
                    ask.accepted(answer.body().path("id").asLong());
                } else {
                    unexpected(ask, "POST", answer);
                    ask.unsure();
                }
            } catch (ConnectException | HttpConnectTimeoutException e) {
                // Nothing was asked.
            } catch (IOException e) {
                ask.unsure();
                failed(ask, "POST", e);
            }
        } while (ask.diff() == 0 && !pause(PAUSE_MILLIS));
    }

    private void cancel(Ask ask, Random random) throws InterruptedException {
        do {
            try {
                Client.Answer answer = client.post(random, "/datadiffs/" + ask.diff() + "/cancel", Client.object());
                if (answer.status() == 200) {
                    if (answer.body().path("status").asText().equals("cancelled")) {
                        ask.cancelled();
                    }
                    return;
                }
                unexpected(ask, "cancel", answer);
            } catch (IOException e) {
                failed(ask, "cancel", e);
            }
        } while (!pause(PAUSE_MILLIS));
    }

    private void follow(Ask ask, Random random) throws InterruptedException {
        while (!pause(PAUSE_MILLIS)) {
            try {
                Client.Answer answer = client.get(random, "/datadiffs/" + ask.diff());
                JsonNode diff = answer.body();
                if (answer.status() != 200) {
                    unexpected(ask, "GET", answer);
                } else if (diff.path("done").asBoolean()) {
                    ask.over(diff.path("status").asText());
                    return;
                }
            } catch (IOException e) {
                failed(ask, "GET", e);
            }
        }
    }

    /** It will be made again. */
    private void failed(Ask ask, String call, IOException failure) {
        boolean refused = failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
        if (!patient && !refused) {
            ask.defect(call + " failed: " + failure);
        }
    }

    /** 503 is what is promised when the store is away, and nothing else is. */
    private void unexpected(Ask ask, String call, Client.Answer answer) {
        if (!patient || answer.status() != 503) {
            ask.defect(call + " was answered by " + answer);
        }
    }

    /** False when it was long enough; true when the load is over. */
    private boolean pause(int millis) throws InterruptedException {
        return closed.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Waits until all clients have seen the ends of their diffs, for some time; what is not over then is stuck. */
    void awaitEnds() throws InterruptedException {
        room.tryAcquire(AT_ONCE, LONGEST_END_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        threads.shutdownNow();
    }
}
