package io.parallax.engine.plan.cut;

import io.parallax.engine.dialect.Cutting;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Draws keys of both sides, to cut segments of equal numbers of rows. */
final class Sampling {
    /** Pages are drawn whole, so there must be some for each segment. */
    private static final long PAGES_PER_SEGMENT = 20;

    private static final long KEYS_PER_SEGMENT = 100;
    private static final long MOST_KEYS = 50_000;
    private static final long FEWEST_KEYS = 10_000;

    /** Estimates may be far off; this much fits into memory all the same. */
    private static final long LIMIT = 2 * MOST_KEYS;

    /** In all keys of one side; what more there is would not cut better. */
    private static final long MOST_SIGNS = 2_000_000;

    private final List<RangeKey> range;
    private final long segments;

    Sampling(List<RangeKey> range, long segments) {
        this.range = range;
        this.segments = segments;
    }

    KeySample draw(Session session, DescribedDataset dataset, Function<RangeKey, Cutting.Bound> side) {
        Storage storage = Objects.requireNonNull(dataset.storage());
        double pages = share(PAGES_PER_SEGMENT * segments, storage.pages());
        double ofTable = pages > 0.5 ? 1 : pages;
        double wanted = Math.min(MOST_KEYS, Math.max(FEWEST_KEYS, KEYS_PER_SEGMENT * segments));
        double ofRows = share(wanted, storage.rows() * ofTable);
        KeyReservoir thinned = new KeyReservoir(MOST_SIGNS);
        session.list(sql(dataset, side, ofTable, ofRows), row -> {
            List<String> key = new ArrayList<>();
            for (int i = 1; i <= range.size(); i++) {
                key.add(row.getString(i));
            }
            return thinned.add(List.copyOf(key));
        });
        return new KeySample(thinned.keys(), thinned.step() / (ofTable * ofRows));
    }

    private static double share(double wanted, double all) {
        return wanted >= all ? 1 : wanted / all;
    }

    private String sql(
            DescribedDataset dataset, Function<RangeKey, Cutting.Bound> side, double ofTable, double ofRows) {
        String values = range.stream().map(side).map(Cutting.Bound::text).collect(Collectors.joining(", "));
        Stream<String> usable = range.stream()
                .map(side)
                .flatMap(sample -> Stream.of("(" + sample.value() + ") is not null", sample.condition()));
        Stream<String> thinned = ofRows < 1 ? Stream.of("random() < " + ofRows) : Stream.empty();
        Stream<String> filter = Stream.ofNullable(dataset.filter()).map(text -> "(\n" + text + "\n)");
        return "select " + values + " from " + dataset.from()
                + (ofTable < 1 ? " " + Dialects.of(dataset).cutting().sampled(ofTable) : "")
                + " where "
                + Stream.of(usable, thinned, filter).flatMap(part -> part).collect(Collectors.joining(" and "))
                + " limit " + LIMIT;
    }

    /** The keys of both sides in order, each with the number of rows that it stands for. */
    List<WeighedKey> ordered(Session session, SessionPair.Both<KeySample> samples) {
        List<List<String>> keys = Stream.concat(samples.a().keys().stream(), samples.b().keys().stream())
                .toList();
        if (keys.isEmpty()) {
            return List.of();
        }
        return range.size() == 1 && range.get(0).steps() ? integers(keys, samples) : orderedBy(session, keys, samples);
    }

    /** What every database orders alike. */
    private static List<WeighedKey> integers(List<List<String>> keys, SessionPair.Both<KeySample> samples) {
        long[] numbers =
                keys.stream().mapToLong(key -> Long.parseLong(key.get(0))).toArray();
        return IntStream.range(0, keys.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> numbers[i]))
                .map(i -> weighed(i, keys, samples))
                .toList();
    }

    private static WeighedKey weighed(int index, List<List<String>> keys, SessionPair.Both<KeySample> samples) {
        KeySample sample = index < samples.a().keys().size() ? samples.a() : samples.b();
        return new WeighedKey(keys.get(index), sample.rowsPerKey());
    }

    private List<WeighedKey> orderedBy(Session session, List<List<String>> keys, SessionPair.Both<KeySample> samples) {
        return Dialects.of(session)
                .cutting()
                .order(session, keys, range.stream().map(RangeKey::boundType).toList())
                .stream()
                .map(place -> weighed(place, keys, samples))
                .toList();
    }
}
