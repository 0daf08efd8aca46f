package io.parallax.api.datadiffs.list;

import io.parallax.api.problems.Faults;
import io.parallax.api.requests.Paging;
import io.parallax.api.requests.QueryParameters;
import io.parallax.api.store.StatementHints;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which diffs are asked for, in which order: conditions on fields, each a list of values of which one must fit, {@code null}
 * among them, or a number or time as {@code <D}, {@code >D} or {@code D1<<D2}, the latter half-open.
 */
public final class DiffQuery {
    private static final Set<String> OTHERS =
            Set.of("page", "page_size", "order_by", "sort_order", "accessible_only", "tags");
    private static final Set<String> FLAGS = Set.of("true", "false");
    private static final String NONE = "null";
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final Predicate<String> NUMBER = Pattern.compile(
                    "-?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,2})?")
            .asMatchPredicate();

    /** The length of a date without a time. */
    private static final int DATE = 10;

    /** Fields whose indexes are as they come. */
    private static final Set<String> ALWAYS = Set.of(
            "created_at", "updated_at", "status", "user_id", "data_source1_id", "data_source2_id", "kind", "algorithm");

    private final Faults faults = new Faults();
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final QueryParameters parameters;
    private final Paging paging;
    private final String order;

    private DiffQuery(MultivaluedMap<String, String> query) {
        Set<String> known = new TreeSet<>(OTHERS);
        known.addAll(DiffField.ALL.keySet());
        this.parameters = new QueryParameters(query, known, faults);
        this.paging = Paging.of(parameters);
        this.order = order();
        // Every key may see every diff, so that it says nothing.
        flag("accessible_only", parameters.texts("accessible_only"));
        DiffField.ALL.values().stream()
                .filter(field -> !parameters.texts(field.name()).isEmpty())
                .forEach(this::filter);
        tags();
    }

    /**
     * What these query parameters ask for.
     *
     * @throws io.parallax.api.problems.InvalidRequestException with everything that is wrong
     */
    public static DiffQuery of(MultivaluedMap<String, String> query) {
        DiffQuery asked = new DiffQuery(query);
        asked.faults.refuse();
        return asked;
    }

    private String order() {
        String by = parameters.text("order_by");
        if (by != null && !DiffField.ALL.containsKey(by)) {
            parameters.fault("order_by", "Must be one of " + String.join(", ", DiffField.ALL.keySet()) + ".", "enum");
        }
        String direction = parameters.text("sort_order");
        if (direction != null && !Set.of("asc", "desc").contains(direction)) {
            parameters.fault("sort_order", "Must be asc or desc.", "enum");
        }
        DiffField field = by == null ? null : DiffField.ALL.get(by);
        String way = "desc".equals(direction) ? "desc" : "asc";
        if (field == null || field.name().equals("id")) {
            return "id " + way;
        }
        // Where there is nothing is the least there is, either way, as in the indexes; only where there may be nothing,
        // as other indexes have it elsewhere.
        String nulls = isAlwaysThere(field) ? "" : way.equals("asc") ? " nulls first" : " nulls last";
        return field.sql() + " " + way + nulls + ", id " + way;
    }

    private static boolean isAlwaysThere(DiffField field) {
        return ALWAYS.contains(field.name());
    }

    private void filter(DiffField field) {
        List<String> given = parameters.texts(field.name());
        switch (field.kind()) {
            case WHOLE -> numbers(
                    field, given, DiffQuery::isWhole, "Must be one or more whole numbers, or a range of them.");
            case NUMBER -> numbers(field, given, NUMBER, "Must be one or more numbers, or a range of them.");
            case FLAG -> {
                if (flag(field.name(), given)) {
                    anyOf(field, words(given));
                }
            }
            case TIME -> given.forEach(range -> time(field, range.strip()));
            case TEXT -> texts(field, given);
        }
    }

    /** Whether these are such words; what is not given is. */
    private boolean flag(String name, List<String> given) {
        boolean right = words(given).stream().allMatch(word -> FLAGS.contains(word) || word.equals(NONE));
        if (!right) {
            parameters.fault(name, "Must be true or false.", "bool_parsing");
        }
        return right;
    }

    /** Python's clients write them with a capital. */
    private static List<String> words(List<String> given) {
        return pieces(given).stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    private static boolean isWhole(String text) {
        return WHOLE.matcher(text).matches() && new BigInteger(text).bitLength() < Long.SIZE;
    }

    private static List<String> pieces(List<String> given) {
        return given.stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** A text may have commas itself. */
    private void texts(DiffField field, List<String> given) {
        List<String> pieces = pieces(given);
        if (!field.words().isEmpty()
                && !Stream.concat(field.words().stream(), Stream.of(NONE))
                        .toList()
                        .containsAll(pieces)) {
            parameters.fault(field.name(), "Must be one or more of " + String.join(", ", field.words()) + ".", "enum");
        } else if (given.stream().anyMatch(text -> text.indexOf('\0') >= 0)) {
            parameters.fault(field.name(), "Holds the character NUL, which no field has.", "nul_character");
        } else {
            anyOf(
                    field,
                    Stream.concat(given.stream(), pieces.stream()).distinct().toList());
        }
    }

    private void numbers(DiffField field, List<String> given, Predicate<String> form, String msg) {
        List<String> single = new ArrayList<>();
        for (String text : given) {
            String range = text.strip();
            int between = range.indexOf("<<");
            if (between > 0) {
                bound(field, form, ">=", range.substring(0, between), msg);
                bound(field, form, "<", range.substring(between + 2), msg);
            } else if (range.startsWith("<") || range.startsWith(">")) {
                bound(field, form, range.substring(0, 1), range.substring(1), msg);
            } else {
                single.addAll(pieces(List.of(range)));
            }
        }
        if (!single.stream().allMatch(word -> form.test(word) || word.equals(NONE))) {
            parameters.fault(field.name(), msg, "int_parsing");
        } else if (!single.isEmpty()) {
            anyOf(field, single);
        }
    }

    private void bound(DiffField field, Predicate<String> form, String comparison, String text, String msg) {
        String number = text.strip();
        if (form.test(number)) {
            add(field.sql() + " " + comparison + " $n::text::" + field.kind().sql(), number);
        } else {
            parameters.fault(field.name(), msg, "int_parsing");
        }
    }

    /** A date alone is that day, a timestamp alone its minute. */
    private void time(DiffField field, String range) {
        int between = range.indexOf("<<");
        if (range.equals(NONE)) {
            conditions.add(field.sql() + " is null");
        } else if (between > 0) {
            bound(field, ">=", range.substring(0, between));
            bound(field, "<", range.substring(between + 2));
        } else if (range.startsWith("<") || range.startsWith(">")) {
            bound(field, range.substring(0, 1), range.substring(1));
        } else {
            OffsetDateTime from = parameters.time(field.name(), range);
            if (from != null) {
                add(field.sql() + " >= $n", from);
                add(field.sql() + " < $n", range.length() <= DATE ? from.plusDays(1) : from.plusMinutes(1));
            }
        }
    }

    private void bound(DiffField field, String comparison, String text) {
        OffsetDateTime time = parameters.time(field.name(), text);
        if (time != null) {
            add(field.sql() + " " + comparison + " $n", time);
        }
    }

    /** The store makes values of the texts: of their forms we know. */
    private void anyOf(DiffField field, List<String> texts) {
        String type = field.kind().sql();
        List<String> known = texts.stream().filter(text -> !text.equals(NONE)).toList();
        String fits = field.sql() + " = any($n::text[]::" + type + "[])";
        if (field.where() != null && known.size() == texts.size()) {
            conditions.add(field.where());
        }
        if (known.isEmpty()) {
            conditions.add(field.sql() + " is null");
        } else if (known.size() < texts.size()) {
            add("(" + field.sql() + " is null or " + fits + ")", known.toArray(String[]::new));
        } else {
            add(fits, known.toArray(String[]::new));
        }
    }

    private void tags() {
        List<String> tags = pieces(parameters.texts("tags"));
        if (tags.stream().anyMatch(tag -> tag.indexOf('\0') >= 0)) {
            parameters.fault("tags", "Holds the character NUL, which no tag has.", "nul_character");
        } else if (!tags.isEmpty()) {
            add("tags is not null and tags ?| $n", tags.toArray(String[]::new));
        }
    }

    private void add(String condition, Object value) {
        values.add(value);
        conditions.add(condition.replace("$n", "$" + values.size()));
    }

    public Paging paging() {
        return paging;
    }

    public String count() {
        return StatementHints.ANEW + "select count(*) from diff" + where();
    }

    /** The ids of its page. */
    public String ids() {
        return StatementHints.ANEW + "select id from diff" + where() + " order by " + order + " limit "
                + paging.pageSize() + " offset " + paging.offset();
    }

    private String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    public Tuple values() {
        return Tuple.from(values);
    }
}
