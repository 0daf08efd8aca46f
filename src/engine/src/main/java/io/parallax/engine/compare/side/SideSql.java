package io.parallax.engine.compare.side;

import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.Cutting;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.dialect.Fingerprints;
import io.parallax.engine.dialect.RowHash;
import io.parallax.engine.dialect.ShortRanges;
import io.parallax.engine.dialect.SideQuery;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.task.CountingPhase;
import io.parallax.engine.task.JsonTexts;
import io.parallax.engine.task.SidePlan;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parts that one side's queries are made of. */
public final class SideSql implements SideQuery {
    private final SidePlan side;
    private final RowHash rowHash;
    private final RowHash keyHash;
    private final @Nullable CountingPhase phase;

    /** {@code phase}: null for keys and values of all rows. */
    public SideSql(SidePlan side, RowHash rowHash, RowHash keyHash, @Nullable CountingPhase phase) {
        this.side = side;
        this.rowHash = rowHash;
        this.keyHash = keyHash;
        this.phase = phase;
    }

    /** How its dialect writes words and values. */
    public Expressions expressions() {
        return side.spoken().expressions();
    }

    @Override
    public String rangeColumn() {
        return side.range().get(0).column();
    }

    @Override
    public List<String> comparable() {
        return side.comparable();
    }

    /** How its dialect reaches short ranges, which a plan has asked of it. */
    public ShortRanges shortRanges() {
        return side.spoken()
                .shortRanges()
                .orElseThrow(() -> new IllegalStateException("a dialect without short ranges was asked for them"));
    }

    /** What its dialect knows about cutting work. */
    public Cutting cutting() {
        return side.spoken().cutting();
    }

    /** How its dialect hashes. */
    public Fingerprints fingerprints() {
        return side.spoken().fingerprints();
    }

    private String spelled(String expression) {
        return expressions().spelled(expression);
    }

    public String keyHash() {
        return spelled(keyHash.of(side.key()));
    }

    @Override
    public String rowHash() {
        if (phase != null && phase.ofKeys()) {
            return spelled(rowHash.of(side.key()));
        }
        // The key last: it mixes well more often than not.
        return spelled(rowHash.of(
                Stream.concat(side.values().stream(), side.key().stream()).toList()));
    }

    @Override
    public String fromKeyed(Stream<String> conditions) {
        return "from " + side.from() + where(keyed(conditions));
    }

    @Override
    public String fromKeyed(String each, Stream<String> conditions) {
        return "from " + each + ", " + side.from() + where(keyed(conditions));
    }

    /** The rows that meet the conditions, whatever their key. */
    public String from(Stream<String> conditions) {
        return "from " + side.from() + where(conditions);
    }

    /** A small part of the rows that are whole. */
    String sampled(String sample) {
        return "from " + side.from() + " " + sample + where(keyed(Stream.empty()));
    }

    /** The columns of json texts that are compared. */
    List<JsonTexts> jsonTexts() {
        List<JsonTexts> all = side.jsonTexts();
        return all == null
                ? List.of()
                : all.stream()
                        .filter(column -> phase == null || phase.ofKeys() == column.ofKey())
                        .toList();
    }

    /** How many values are no jsonb value, of each of {@link #jsonTexts}. */
    String noJsonb(String fromKeyed) {
        return jsonTexts().stream()
                .map(column -> "count(case when " + spelled(column.isNoJsonb()) + " then 1 end)")
                .collect(Collectors.joining(", ", "select ", " " + fromKeyed));
    }

    private Stream<String> keyed(Stream<String> conditions) {
        return Stream.concat(conditions, side.nullTests().stream().map(test -> "not (" + test + ")"));
    }

    private String where(Stream<String> conditions) {
        Stream<String> filter = Stream.ofNullable(side.filter()).map(text -> "(\n" + text + "\n)");
        Stream<String> sampled = phase == null || phase.share() == null || !phase.samplesKeys()
                ? Stream.empty()
                : Stream.of(fingerprints().isSampled(keyHash(), phase.share()));
        String all =
                Stream.of(conditions, sampled, filter).flatMap(each -> each).collect(Collectors.joining(" and "));
        return all.isEmpty() ? "" : " where " + all;
    }

    /** Whether there is a NULL in the key; empty where there cannot be. */
    public String keyIsNull() {
        return String.join(" or ", side.nullTests());
    }

    @Override
    public String namedKey() {
        List<CanonicalExpression> key = side.key();
        return IntStream.range(0, key.size())
                .mapToObj(i -> spelled(key.get(i).sql()) + " as k" + i)
                .collect(Collectors.joining(", "));
    }

    /** The key's parts. */
    String keys() {
        return side.key().stream()
                .map(CanonicalExpression::sql)
                .map(this::spelled)
                .collect(Collectors.joining(", "));
    }

    @Override
    public String keyNames() {
        return IntStream.range(0, side.key().size()).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
    }

    /** The rows that meet the conditions and whose key occurs more than once among these, as they are sent. */
    public String repeated(List<String> conditions) {
        String repeated = "(" + keys() + ") in (select " + keys() + " " + fromKeyed(conditions.stream()) + " group by "
                + keys() + " having count(*) > 1)";
        return sent(fromKeyed(Stream.concat(conditions.stream(), Stream.of(repeated))));
    }

    /** When the bucket of time starts that a row belongs to. */
    public String timeBucket() {
        return Objects.requireNonNull(side.timeBucket());
    }

    @Override
    public String sent(String fromKeyed) {
        return "select "
                + Stream.concat(
                                Stream.concat(side.sentKey().stream(), side.sentValues().stream())
                                        .map(WireColumn::sql)
                                        .map(this::spelled),
                                Stream.ofNullable(side.timeBucket()))
                        .collect(Collectors.joining(", "))
                + " " + fromKeyed + " order by "
                + side.sentKey().stream()
                        .map(WireColumn::orderBy)
                        .map(this::spelled)
                        .collect(Collectors.joining(", "));
    }
}
