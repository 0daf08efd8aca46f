package io.parallax.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What services export, as Prometheus reads it.
 *
 * @param explained names, as they are explained, of all that is exported
 */
record Metrics(List<Sample> samples, Set<String> explained) {
    /** A call that was traced may stand behind it, as an example. */
    private static final Pattern SAMPLE =
            Pattern.compile("(\\w+)(?:\\{((?:\\w+=\"(?:[^\"\\\\]|\\\\.)*\",?)*)})? (\\S+)(?: # .*)?");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern HELP = Pattern.compile("# HELP (\\w+) (.*\\S.*)");

    /** One series and its value. */
    record Sample(String name, Map<String, String> labels, double value) {}

    static Metrics of(List<ServiceProcess> services) throws IOException, InterruptedException {
        Metrics all = new Metrics(new ArrayList<>(), new HashSet<>());
        for (ServiceProcess service : services) {
            all.read(text(service.management().resolve("/q/metrics")));
        }
        return all;
    }

    List<Sample> named(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }

    double sum(String name) {
        return named(name).stream().mapToDouble(Sample::value).sum();
    }

    private static String text(URI url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .version(HttpClient.Version.HTTP_1_1)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private void read(String text) {
        text.lines().forEach(line -> {
            Matcher help = HELP.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                explained.add(help.group(1));
            } else if (sample.matches()) {
                samples.add(new Sample(sample.group(1), labels(sample.group(2)), number(sample.group(3))));
            }
        });
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        if (text != null) {
            LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
