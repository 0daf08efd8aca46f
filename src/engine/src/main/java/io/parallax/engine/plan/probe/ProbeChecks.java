package io.parallax.engine.plan.probe;

import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Fingerprints;
import io.parallax.engine.dialect.Probe;
import io.parallax.engine.dialect.Probe.KnownValue;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.plan.probe.ServerProof.Failure;
import io.parallax.engine.row.Encoding;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.Equality;
import io.parallax.engine.type.WireForm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked of one probe's values, and how the answers have to be. */
final class ProbeChecks {
    /** A value, or a key, as rows are sent. */
    private record Sent(Aspect aspect, WireColumn column, int place, int rank) {}

    private static final int NOT_ASKED = -1;

    private final Probe probe;
    private final WireForm form;

    /** What each value is compared as; equal ones are the same bytes. */
    private final List<byte[]> canonical;

    private final List<Sent> sent = new ArrayList<>();
    private final int isNull;
    private final int equal;
    private final int rowHash;
    private final int keyHash;

    /**
     * Adds its questions to a statement.
     *
     * @param thorough whether what a family's types have in common is asked, too
     * @param hash null for none
     */
    ProbeChecks(Probe probe, boolean thorough, Dialect dialect, @Nullable String hash, ProbeStatement statement) {
        this.probe = probe;
        Column own = probe.own();
        Column other = probe.other();
        this.form = Equality.form(own.type(), other.type());
        this.canonical = probe.values().stream()
                .map(value -> Encoding.bytes(form, scaleless(value.canonical())))
                .toList();
        Values values = dialect.values();
        sent(Aspect.VALUES, values.sent(own, other), false, statement);
        sent(Aspect.KEYS, values.sentKey(own, other, false), thorough, statement);
        if (thorough) {
            sent(Aspect.VALUES, values.sentWhole(own, other), false, statement);
            sent(Aspect.KEYS, values.sentKey(own, other, true), true, statement);
            sent(Aspect.KEYS, values.sentKeyToWrite(own, other, false), false, statement);
        }
        this.isNull = thorough
                ? statement.value(dialect.expressions()
                        .asInteger("(case when " + values.isNull(own, other) + " then 1 else 0 end)"))
                : NOT_ASKED;
        this.equal = thorough ? statement.rank(values.key(own, other).sql()) : NOT_ASKED;
        Fingerprints fingerprints = dialect.fingerprints();
        this.rowHash = hash == null
                ? NOT_ASKED
                : statement.value(fingerprints.rows(hash).of(List.of(values.value(own, other))));
        this.keyHash = hash == null
                ? NOT_ASKED
                : statement.value(fingerprints.keys(hash).of(List.of(values.key(own, other))));
    }

    private void sent(Aspect aspect, WireColumn column, boolean ordered, ProbeStatement statement) {
        sent.add(new Sent(
                aspect, column, statement.value(column.sql()), ordered ? statement.rank(column.orderBy()) : NOT_ASKED));
    }

    Probe probe() {
        return probe;
    }

    /** Looks at the answers, by row and place. */
    void run(
            byte[][][] answers,
            List<Failure> failures,
            ServerProof.HashedValues rowHashes,
            ServerProof.HashedValues keyHashes) {
        for (int row = 0; row < answers.length; row++) {
            int number = row;
            sent.stream()
                    .filter(each -> !Arrays.equals(expected(each.column, number), answers[number][each.place]))
                    .forEach(each -> failures.add(failure(each.aspect, number)));
            if (isNull != NOT_ASKED && (known(row) == null) != (ServerProof.integer(answers[row][isNull]) == 1)) {
                failures.add(failure(Aspect.KEYS, row));
            }
            if (rowHash != NOT_ASKED) {
                rowHashes.add(probe, types(), canonical(row), answers[row][rowHash]);
                addKey(row, answers[row][keyHash], keyHashes);
            }
        }
        sent.stream()
                .filter(each -> each.rank != NOT_ASKED)
                .filter(each -> !isOrdered(each, answers))
                .forEach(
                        each -> failures.add(new Failure(probe.family(), Aspect.KEYS, "the order of " + probe.type())));
        if (equal != NOT_ASKED && !tellsKeysApart(answers)) {
            failures.add(new Failure(probe.family(), Aspect.EQUAL_KEYS, "keys of " + probe.type()));
        }
    }

    /** Rows without a whole key are left out before. */
    private void addKey(int row, byte @Nullable [] hash, ServerProof.HashedValues keyHashes) {
        if (known(row) != null) {
            keyHashes.add(probe, types(), canonical(row), hash);
        }
    }

    private Failure failure(Aspect aspect, int row) {
        KnownValue value = known(row);
        return new Failure(
                probe.family(), aspect, probe.type() + " " + (value == null ? "NULL" : "'" + value.text() + "'"));
    }

    /** Null for NULL. */
    private @Nullable KnownValue known(int row) {
        return row < probe.values().size() ? probe.values().get(row) : null;
    }

    /** Hashes are those of a pair of types, whichever of them it is; where all values are of one scale, of that scale. */
    private String types() {
        Column own = probe.own();
        boolean sameModifier = own.storedModifier() == probe.other().storedModifier();
        return Stream.of(own, probe.other())
                .map(column -> column.type().name() + (column.anyOrder() ? " in any order" : ""))
                .sorted()
                .collect(Collectors.joining(" ", "", sameModifier ? " " + own.storedModifier() : ""));
    }

    private byte @Nullable [] canonical(int row) {
        return row < canonical.size() ? canonical.get(row) : null;
    }

    /** A number whose scale all values of a column share is the same as any other's. */
    private static Object scaleless(Object value) {
        return value instanceof BigDecimal number ? number.stripTrailingZeros() : value;
    }

    private byte @Nullable [] expected(WireColumn column, int row) {
        KnownValue value = known(row);
        if (value == null) {
            return null;
        }
        boolean isText = column.encoding() == WireForm.TEXT && form != WireForm.TEXT;
        Object canonical = isText ? Encoding.text(value.canonical()) : value.canonical();
        byte[] whole = Encoding.bytes(column.encoding(), canonical);
        return Boolean.TRUE.equals(column.shortens())
                ? Encoding.shortened(column.encoding(), whole, column.wholeCharacters())
                : whole;
    }

    private boolean isOrdered(Sent key, byte[][][] answers) {
        List<byte[]> keys = IntStream.range(0, probe.values().size())
                .mapToObj(row -> Objects.requireNonNull(expected(key.column, row)))
                .toList();
        Comparator<byte[]> order = key.column.encoding().order() == WireForm.Order.SIGNED
                ? Comparator.comparingLong(ServerProof::integer)
                : Arrays::compareUnsigned;
        List<Integer> ordered = IntStream.range(0, keys.size())
                .boxed()
                .sorted(Comparator.comparing(keys::get, order))
                .toList();
        return IntStream.range(1, ordered.size())
                .allMatch(i -> Integer.signum(order.compare(keys.get(ordered.get(i - 1)), keys.get(ordered.get(i))))
                        == Long.signum(
                                rank(answers, ordered.get(i - 1), key.rank) - rank(answers, ordered.get(i), key.rank)));
    }

    private static long rank(byte[][][] answers, int row, int place) {
        return ServerProof.integer(answers[row][place]);
    }

    private boolean tellsKeysApart(byte[][][] answers) {
        return IntStream.range(0, probe.values().size()).allMatch(row -> IntStream.range(0, row)
                .allMatch(before -> Arrays.equals(canonical(row), canonical(before))
                        == (rank(answers, row, equal) == rank(answers, before, equal))));
    }
}
