package io.parallax.endtoend.requests;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.oracle.Column;
import io.parallax.oracle.Oracle;
import io.parallax.oracle.Relation;
import io.parallax.oracle.TimeUnit;
import io.parallax.oracle.Wishes;
import io.parallax.oracle.draw.Dice;
import io.parallax.oracle.draw.TablePair;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws what a request for a pair of tables says. */
final class CombinationDraw {
    private static final long BEYOND_ALL = 1_000_000_000_000L;
    private static final List<String> SETTINGS = List.of(
            "{\"work_mem\": \"64kB\"}",
            "{\"enable_hashagg\": \"off\", \"enable_nestloop\": true}",
            "{\"random_page_cost\": 1.5}",
            "{\"enable_hashjoin\": false, \"enable_mergejoin\": \"off\"}",
            "{\"hash_mem_multiplier\": 8, \"enable_bitmapscan\": \"off\"}");

    private final Dice dice;
    private final TablePair pair;
    private final Map<String, String> renames;
    private final ObjectNode body = JsonNodeFactory.instance.objectNode();
    private final Map<String, String> mapping;
    private final List<String> key;
    private final Input a;
    private final Input b;

    /**
     * For a pair.
     *
     * @param pair with the names that B's columns have now
     * @param renames from A's names to these
     */
    CombinationDraw(Dice dice, TablePair pair, Map<String, String> renames) {
        this.dice = dice;
        this.pair = pair;
        this.renames = renames;
        this.mapping = mapping();
        this.key = key();
        Set<String> keyOfB = new HashSet<>(key.stream().map(this::nameOnB).toList());
        boolean filtered = dice.chance(0.25);
        boolean alike = dice.chance(0.5);
        Input inputA = Input.draw(dice, pair.a(), needed(key, mapping.keySet()));
        Input inputB = Input.draw(dice, pair.b(), needed(keyOfB, mapping.values()));
        List<String> shared = inputA.names().stream()
                .filter(name -> nameOnB(name).equals(name) && inputB.names().contains(name))
                .toList();
        if (filtered && alike && !shared.isEmpty()) {
            String condition = Input.condition(dice, shared);
            this.a = inputA.filtered(condition);
            this.b = inputB.filtered(condition);
        } else {
            this.a = filtered ? inputA.filtered(Input.condition(dice, inputA.names())) : inputA;
            this.b = filtered && dice.chance(0.5) ? inputB.filtered(Input.condition(dice, inputB.names())) : inputB;
        }
    }

    private static Set<String> needed(Iterable<String> some, Iterable<String> others) {
        Set<String> needed = new HashSet<>();
        some.forEach(needed::add);
        others.forEach(needed::add);
        return needed;
    }

    /** Draws it; {@code sources}: ids of data sources of each database. */
    Combination draw(List<List<Long>> sources) {
        long sourceA = dice.pick(sources.get(pair.a().database()));
        long sourceB = dice.pick(sources.get(pair.b().database()));
        body.put("data_source1_id", sourceA).put("data_source2_id", sourceB);
        a.into(body, "1");
        b.into(body, "2");
        if (!mapping.isEmpty()) {
            ArrayNode pairs = body.putArray("column_mapping");
            mapping.forEach((nameA, nameB) -> pairs.addArray().add(nameA).add(nameB));
        }
        List<String> avoided = askForKey();
        List<String> include = dice.chance(0.2) ? someNames() : List.of();
        List<String> exclude = dice.chance(0.2) ? someNames() : List.of();
        texts(dice.chance(0.5) ? "include_columns" : "columns_to_compare", include);
        texts("exclude_columns", exclude);
        Wishes wishes = wishes(include, exclude);
        Sample sample = wishes.times() == null && dice.chance(0.2) ? Sample.draw(dice) : null;
        if (sample != null) {
            sample.into(body);
        }
        hints(sourceA == sourceB, sample == null);
        rest();
        return new Combination(
                body,
                a,
                b,
                avoided == null ? key : List.of(),
                include,
                exclude,
                avoided == null ? List.of() : avoided,
                wishes,
                sample);
    }

    private Map<String, String> mapping() {
        if (dice.chance(0.05)) {
            return crossed();
        }
        if (renames.isEmpty() || dice.chance(0.85)) {
            return renames;
        }
        Map<String, String> some = new LinkedHashMap<>(renames);
        some.keySet().removeIf(name -> !pair.key().contains(name) && dice.chance(0.5));
        return some;
    }

    /** Any columns with any, as long as none is one of two pairs. */
    private Map<String, String> crossed() {
        List<String> ofB =
                dice.shuffled(pair.b().columns().stream().map(Column::name).toList());
        Map<String, String> crossed = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(ofB.size(), dice.between(1, 3)); i++) {
            if (i < pair.a().columns().size()) {
                crossed.put(pair.a().columns().get(i).name(), ofB.get(i));
            }
        }
        return crossed;
    }

    private String nameOnB(String name) {
        return mapping.getOrDefault(name, name);
    }

    private boolean hasPartner(String name) {
        boolean taken = !mapping.containsKey(name) && mapping.containsValue(name);
        return !taken
                && pair.b().columns().stream().anyMatch(column -> column.name().equals(nameOnB(name)));
    }

    private List<String> key() {
        if (dice.chance(0.9) && pair.key().stream().allMatch(this::hasPartner)) {
            return pair.key();
        }
        List<String> names = dice.shuffled(pair.a().columns().stream()
                .map(Column::name)
                .filter(this::hasPartner)
                .toList());
        return names.isEmpty() ? pair.key() : names.subList(0, dice.between(1, Math.min(3, names.size())));
    }

    /** The columns that are not to be in a key that is found; null where the key is given. */
    private @Nullable List<String> askForKey() {
        if (dice.chance(0.88)) {
            key.forEach(body.putArray("pk_columns")::add);
            return null;
        }
        body.put("infer_pk", true);
        List<String> avoided = dice.chance(0.2) ? List.of(dice.pick(a.names())) : List.of();
        texts("infer_pk_avoid_names", avoided);
        return avoided;
    }

    private List<String> someNames() {
        List<String> names = dice.shuffled(
                Stream.concat(a.names().stream(), b.names().stream()).distinct().toList());
        return names.subList(0, dice.between(1, names.size()));
    }

    private void texts(String field, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(body.putArray(field)::add);
        } else if (dice.chance(0.1)) {
            body.putArray(field);
        }
    }

    private Wishes wishes(List<String> include, List<String> exclude) {
        String time = dice.chance(0.8) ? timeColumn() : null;
        Wishes.Clip clip = time != null && dice.chance(0.4) ? clip(time) : null;
        Wishes.Times times = time != null && (clip == null || dice.chance(0.6))
                ? new Wishes.Times(time, dice.pick(TimeUnit.values()))
                : null;
        if (time != null) {
            body.put("time_column", time);
        }
        if (times != null) {
            body.put("time_aggregate", times.unit().name().toLowerCase(Locale.ROOT));
        }
        boolean inferred = body.has("infer_pk");
        boolean matched = !inferred && key.stream().allMatch(this::hasPartner);
        Rules rules = matched && dice.chance(0.4) ? rules(include, exclude) : Rules.NONE;
        boolean multisets = rules.areNone() && times == null && dice.chance(0.2);
        if (multisets || dice.chance(0.1)) {
            body.put("compare_duplicates", multisets);
        }
        return new Wishes(mapping, rules.all(), rules.ofColumns(), clip, times, false, multisets);
    }

    private Rules rules(List<String> include, List<String> exclude) {
        Wishes mapped = new Wishes(mapping, Wishes.NONE.forgiveness(), Map.of(), null, null, false, false);
        List<String> compared = Oracle.compare(
                        new Relation(a.columns(), List.of()),
                        new Relation(b.columns(), List.of()),
                        key,
                        include,
                        exclude,
                        mapped)
                .layout()
                .compared();
        List<Column> values = a.columns().stream()
                .filter(column -> !key.contains(column.name()))
                .toList();
        return Rules.draw(dice, body, values, compared);
    }

    /** One that holds times on both sides. */
    private @Nullable String timeColumn() {
        List<String> names = a.columns().stream()
                .filter(Wishes::holdsTimes)
                .map(Column::name)
                .filter(this::hasPartner)
                .filter(name ->
                        b.column(nameOnB(name)).filter(Wishes::holdsTimes).isPresent())
                .toList();
        return names.isEmpty() ? null : dice.pick(names);
    }

    private Wishes.Clip clip(String name) {
        int index = pair.a().columns().stream().map(Column::name).toList().indexOf(name);
        List<LocalDateTime> times = new ArrayList<>(pair.a().rows().stream()
                .map(row -> row.get(index))
                .filter(Objects::nonNull)
                .flatMap(text -> time(text).stream())
                .distinct()
                .toList());
        times.add(LocalDateTime.of(2000, 1, 1, 0, 0));
        times.add(LocalDateTime.of(2030, 6, 1, 12, 0, 0, 1000));
        LocalDateTime one = dice.pick(times);
        LocalDateTime other = dice.pick(times);
        LocalDateTime from = one.isBefore(other) ? one : other;
        LocalDateTime to = one.isBefore(other) ? other : one;
        boolean open = from.equals(to) || dice.chance(0.4);
        boolean openEnd = dice.chance(0.5);
        return new Wishes.Clip(
                name,
                open && !openEnd ? null : bound("time_interval_start", from),
                open && openEnd ? null : bound("time_interval_end", to));
    }

    private static List<LocalDateTime> time(String literal) {
        return literal.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?)?(\\+00)?")
                ? List.of(LocalDateTime.parse(
                        literal.length() == 10
                                ? literal + "T00:00"
                                : literal.replace("+00", "").replace(' ', 'T')))
                : List.of();
    }

    /** As the oracle has it; asks for it in some other way. */
    private String bound(String field, LocalDateTime time) {
        boolean midnight = time.toLocalTime().toNanoOfDay() == 0;
        body.put(
                field,
                switch (dice.below(4)) {
                    case 0 -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + "Z";
                    case 1 -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time.plusMinutes(90)) + "+01:30";
                    case 2 -> midnight
                            ? time.toLocalDate().toString()
                            : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
                    default -> DateTimeFormatter.ISO_LOCAL_DATE_TIME
                            .format(time)
                            .replace('T', ' ');
                });
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time).replace('T', ' ');
    }

    private void hints(boolean oneSource, boolean mayStop) {
        if (dice.chance(0.4)) {
            List<String> algorithms = new ArrayList<>(List.of("auto", "hashdiff", "fetch_and_compare"));
            if (oneSource) {
                algorithms.add("joindiff");
                algorithms.add("joindiff");
            }
            body.put("algorithm", dice.pick(algorithms));
        }
        if (dice.chance(0.5)) {
            body.put("bisection_factor", dice.pick(1, 2, 3, 8, 50));
        }
        if (dice.chance(0.5)) {
            body.put("bisection_threshold", dice.pick(1, 5, 20, 100, 10_000));
        }
        if (dice.chance(0.25)) {
            body.put("snapshot", true);
        }
        boolean again = dice.chance(0.15);
        if (again) {
            body.put("recheck", 0);
        }
        if (mayStop && !again && dice.chance(0.15)) {
            body.put(dice.pick("diff_threshold", "per_column_diff_limit", "download_limit"), BEYOND_ALL);
        }
        for (String side : List.of("1", "2")) {
            if (dice.chance(0.15)) {
                body.set("data_source" + side + "_session_parameters", BadValue.json(dice.pick(SETTINGS)));
            }
        }
    }

    private void rest() {
        if (dice.chance(0.3)) {
            body.putArray("tags").add("nightly").add("Ünï \"quoted\"");
        }
        if (dice.chance(0.05)) {
            body.put("archived", true);
        }
        if (dice.chance(0.1)) {
            body.put("nobody_knows", dice.below(10));
        }
        for (String field : List.of("query1", "filter2", "time_column", "diff_tolerance", "recheck", "file1")) {
            if (!body.has(field) && dice.chance(0.1)) {
                body.putNull(field);
            }
        }
    }
}
