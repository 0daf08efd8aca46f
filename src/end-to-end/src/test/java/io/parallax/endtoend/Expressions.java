package io.parallax.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the chart's rules and dashboards ask Prometheus. */
final class Expressions {
    private static final Path FILES =
            Path.of("../../deploy/helm/parallax/files").toAbsolutePath().normalize();

    /** Everything of ours and of our libraries begins so; functions do not. */
    private static final Pattern SELECTOR = Pattern.compile(
            "\\b((?:parallax|http_server|kafka|jvm|process|postgresql)_\\w+)(?:\\{((?:[^\"}]|\"(?:[^\"\\\\]|\\\\.)*\")*)})?");

    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern GROUPED = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");

    private Expressions() {}

    /** One series that is asked for. */
    record Selector(String name, List<LabelMatcher> matchers, Set<String> grouped) {}

    record LabelMatcher(String label, String operator, String value) {
        /** Whether a value that is there is one of those meant. */
        boolean takes(String there) {
            boolean same = operator.endsWith("~") ? there.matches(value) : there.equals(value);
            return operator.startsWith("!") != same;
        }

        boolean excludes() {
            return operator.startsWith("!");
        }
    }

    static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        new ObjectMapper(new YAMLFactory())
                .readTree(FILES.resolve("alerts.yaml").toFile())
                .path("groups")
                .forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    /** Of all rules and panels. */
    static List<String> all() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(FILES.resolve("dashboard.json").toFile());
        return Stream.concat(
                        rules().stream().map(rule -> rule.path("expr").asText()),
                        dashboard.findValuesAsText("expr").stream())
                .toList();
    }

    static List<Selector> selectors(String expression) {
        Set<String> grouped = new HashSet<>();
        GROUPED.matcher(expression)
                .results()
                .flatMap(found -> Stream.of(found.group(1).split(",")))
                .map(String::strip)
                .forEach(grouped::add);
        List<Selector> selectors = new ArrayList<>();
        Matcher found = SELECTOR.matcher(expression);
        while (found.find()) {
            String labels = found.group(2) == null ? "" : found.group(2);
            selectors.add(new Selector(
                    found.group(1),
                    MATCHER.matcher(labels)
                            .results()
                            .map(label -> new LabelMatcher(label.group(1), label.group(2), label.group(3)))
                            .toList(),
                    grouped));
        }
        return selectors;
    }
}
