package io.parallax.bench.flow;

import io.parallax.bench.measure.Samples;
import io.parallax.bench.server.WrongAnswerException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Watches diffs where they are kept, which costs the services nothing. */
public final class Flow {
    private static final long PATIENCE_NANOS = 300_000_000_000L;
    private static final int PAUSE_MILLIS = 20;

    private final Connection store;
    private final ReportTimes reports;

    /** @param store its owner's connection, not over the wire */
    public Flow(Connection store, ReportTimes reports) {
        this.store = store;
        this.reports = reports;
    }

    /** When so many had been asked for. */
    public record Start(long last, long trips, FlowClocks.Reading clocks) {}

    /**
     * What became of diffs.
     *
     * @param rate diffs a second, from the first POST to the last end
     * @param seconds from POST to end
     * @param lags seconds from the moment when Kafka had the last report on a diff until it was over
     * @param trips to the store, for whatever reason, of each
     */
    public record Outcome(double rate, Samples seconds, Samples lags, double trips, FlowCost cost) {}

    public Start start(long trips, FlowClocks clocks) throws IOException, SQLException {
        return new Start(number("select coalesce(max(id), 0) from diff"), trips, clocks.read());
    }

    /** Waits until so many are over. */
    public void await(Start start, int count) throws IOException, InterruptedException, SQLException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String over = "select count(*) from diff where finished_at is not null and id > " + start.last();
        while (number(over) < count) {
            if (System.nanoTime() > deadline) {
                throw new WrongAnswerException("Of " + count + " diffs " + number(over) + " are over.");
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /**
     * Waits until so many are over.
     *
     * @throws WrongAnswerException when one has failed
     */
    public Outcome outcome(Start start, int count, LongSupplier trips, FlowClocks clocks)
            throws IOException, InterruptedException, SQLException {
        await(start, count);
        double each = (double) (trips.getAsLong() - start.trips()) / count;
        FlowCost cost = clocks.read().each(start.clocks(), count);
        long failed = number("select count(*) from diff where status <> 'done' and id > " + start.last());
        if (failed > 0) {
            throw new WrongAnswerException(failed + " of " + count + " diffs failed.");
        }
        double span = real(
                "select extract(epoch from max(finished_at) - min(created_at)) from diff where id > " + start.last());
        Map<Long, Double> sent = reports.until(count, start.last());
        return new Outcome(count / span, seconds(start), lags(start, sent), each, cost);
    }

    private Samples seconds(Start start) throws SQLException {
        List<Double> seconds = new ArrayList<>();
        try (Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select extract(epoch from finished_at - created_at)::float8 from diff where id > "
                                + start.last())) {
            while (rows.next()) {
                seconds.add(rows.getDouble(1));
            }
        }
        return Samples.of(seconds);
    }

    private Samples lags(Start start, Map<Long, Double> sent) throws SQLException {
        List<Double> lags = new ArrayList<>();
        try (Statement statement = store.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select id, extract(epoch from finished_at)::float8 from diff where id > " + start.last())) {
            while (rows.next()) {
                lags.add(rows.getDouble(2) - sent.getOrDefault(rows.getLong(1), 0.0));
            }
        }
        return Samples.of(lags);
    }

    private long number(String query) throws SQLException {
        return (long) real(query);
    }

    private double real(String query) throws SQLException {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getDouble(1);
        }
    }
}
