package io.parallax.api.datadiffs;

import io.parallax.api.problems.Faults;
import io.parallax.api.requests.Paging;
import io.parallax.api.requests.Plans;
import io.parallax.api.requests.QueryParameters;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which diffs are asked for, in which order: conditions on fields, each a list of words of which one must fit, or a time
 * as {@code <D}, {@code >D} or {@code D1<<D2}, the latter half-open.
 */
final class DiffQuery {
    private static final Set<String> NUMBERS = Set.of("id", "user_id", "data_source1_id", "data_source2_id");
    private static final Set<String> FLAGS = Set.of("archived", "purged");
    private static final Set<String> TIMES = Set.of("created_at", "updated_at", "finished_at");
    private static final String KIND = "case when data_source1_id = data_source2_id then 'in_db' else 'cross_db' end";

    /** What lists can be ordered by, and its SQL. */
    private static final Map<String, String> ORDERS = orders();

    private final Faults faults = new Faults();
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final QueryParameters parameters;
    private final Paging paging;
    private final String order;

    private DiffQuery(MultivaluedMap<String, String> query) {
        Set<String> known =
                new TreeSet<>(Set.of("page", "page_size", "order_by", "sort_order", "status", "kind", "tags"));
        known.addAll(NUMBERS);
        known.addAll(FLAGS);
        known.addAll(TIMES);
        this.parameters = new QueryParameters(query, known, faults);
        this.paging = Paging.of(parameters);
        this.order = order();
        NUMBERS.forEach(this::number);
        FLAGS.forEach(this::flag);
        TIMES.forEach(this::time);
        word(
                "status",
                "status",
                Arrays.stream(DiffStatus.values()).map(DiffStatus::word).toList());
        word("kind", KIND, List.of("in_db", "cross_db"));
        tags();
    }

    /**
     * What these query parameters ask for.
     *
     * @throws io.parallax.api.problems.InvalidRequestException with everything that is wrong
     */
    static DiffQuery of(MultivaluedMap<String, String> query) {
        DiffQuery asked = new DiffQuery(query);
        asked.faults.refuse();
        return asked;
    }

    private static Map<String, String> orders() {
        Map<String, String> orders = new LinkedHashMap<>();
        List.of(
                        "id",
                        "created_at",
                        "updated_at",
                        "finished_at",
                        "status",
                        "user_id",
                        "data_source1_id",
                        "data_source2_id")
                .forEach(field -> orders.put(field, field));
        orders.put("kind", KIND);
        orders.put("runtime", "finished_at - created_at");
        return orders;
    }

    private String order() {
        String by = parameters.text("order_by");
        if (by != null && !ORDERS.containsKey(by)) {
            parameters.fault("order_by", "Must be one of " + String.join(", ", ORDERS.keySet()) + ".", "enum");
        }
        String direction = parameters.text("sort_order");
        if (direction != null && !Set.of("asc", "desc").contains(direction)) {
            parameters.fault("sort_order", "Must be asc or desc.", "enum");
        }
        String column = ORDERS.getOrDefault(by == null ? "id" : by, "id");
        String way = direction == null ? "desc" : direction;
        // Only where there may be NULLs, as an index has them first.
        String nulls = column.startsWith("finished_at") ? " nulls last" : "";
        return column + " " + way + nulls + (column.equals("id") ? "" : ", id " + way);
    }

    private List<String> words(String name) {
        return parameters.texts(name).stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private void word(String name, String sql, List<String> known) {
        List<String> words = words(name);
        if (words.isEmpty()) {
            return;
        }
        if (!known.containsAll(words)) {
            parameters.fault(name, "Must be one or more of " + String.join(", ", known) + ".", "enum");
            return;
        }
        add(sql + " = any($n)", words.toArray(String[]::new));
    }

    private void number(String name) {
        List<String> words = words(name);
        if (words.isEmpty()) {
            return;
        }
        if (!words.stream().allMatch(word -> word.matches("[0-9]{1,18}"))) {
            parameters.fault(name, "Must be one or more whole numbers.", "int_parsing");
            return;
        }
        add(name + " = any($n)", words.stream().map(Long::valueOf).toArray(Long[]::new));
    }

    private void flag(String name) {
        String word = parameters.text(name);
        if (word == null) {
            return;
        }
        if (!Set.of("true", "false").contains(word)) {
            parameters.fault(name, "Must be true or false.", "bool_parsing");
            return;
        }
        add(name + " = $n", Boolean.valueOf(word));
    }

    private void time(String name) {
        for (String range : parameters.texts(name)) {
            String text = range.strip();
            int between = text.indexOf("<<");
            if (between > 0) {
                bound(name, ">=", text.substring(0, between));
                bound(name, "<", text.substring(between + 2));
            } else if (text.startsWith("<") || text.startsWith(">")) {
                bound(name, text.substring(0, 1), text.substring(1));
            } else {
                parameters.fault(name, "Must be <D, >D or D1<<D2, with dates or timestamps of ISO 8601.", "range");
            }
        }
    }

    private void bound(String name, String comparison, String text) {
        OffsetDateTime time = parameters.time(name, text);
        if (time != null) {
            add(name + " " + comparison + " $n", time);
        }
    }

    private void tags() {
        List<String> tags = words("tags");
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

    Paging paging() {
        return paging;
    }

    String count() {
        return Plans.ANEW + "select count(*) from diff" + where();
    }

    /** The ids of its page. */
    String ids() {
        return Plans.ANEW + "select id from diff" + where() + " order by " + order + " limit " + paging.pageSize()
                + " offset " + paging.offset();
    }

    private String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    Tuple values() {
        return Tuple.from(values);
    }
}
