package io.parallax.bench;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param url where Parallax is
 * @param key an API key that may create data sources
 * @param rows rows of each table
 * @param runs measured runs, at least 1
 * @param database the PostgreSQL to make the tables in; null to start one
 */
record Options(URI url, String key, long rows, int runs, @Nullable Address database) {
    static final String HELP =
            """
            Times the diff of two identical tables through a running Parallax.

              --url URL          where Parallax is (or PARALLAX_URL; http://localhost:8080)
              --key KEY          an API key (or, better, PARALLAX_KEY)
              --rows N           rows of each table: 500k, 5m, 25000000 (5m)
              --runs N           measured runs; the median counts (5)
              --pg-host HOST     the PostgreSQL to make the tables in, as Parallax reaches it too;
                                 without it, one is started here and thrown away
              --pg-port PORT     (5432)
              --pg-database NAME (postgres)
              --pg-user NAME     (postgres); its password is PARALLAX_BENCH_PG_PASSWORD
              --help             this text

            The tables are in the schema parallax_bench, which is made anew and dropped in the end.""";

    private static final Set<String> KNOWN =
            Set.of("url", "key", "rows", "runs", "pg-host", "pg-port", "pg-database", "pg-user");

    Options {
        if (rows < 1 || runs < 1) {
            throw new IllegalArgumentException("--rows and --runs start at 1.");
        }
    }

    /**
     * The options of a command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static Options parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = pairs(arguments);
        String key = given.getOrDefault("key", environment.getOrDefault("PARALLAX_KEY", ""));
        if (key.isEmpty()) {
            throw new IllegalArgumentException("An API key is needed: set PARALLAX_KEY.");
        }
        String url = given.getOrDefault("url", environment.getOrDefault("PARALLAX_URL", "http://localhost:8080"));
        return new Options(
                URI.create(url),
                key,
                count("rows", given.getOrDefault("rows", "5m")),
                Math.toIntExact(count("runs", given.getOrDefault("runs", "5"))),
                database(given, environment.getOrDefault("PARALLAX_BENCH_PG_PASSWORD", "")));
    }

    private static Map<String, String> pairs(List<String> arguments) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (!name.startsWith("--") || !KNOWN.contains(name.substring(2))) {
                throw new IllegalArgumentException("Unknown option: " + name);
            }
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a value.");
            }
            pairs.put(name.substring(2), arguments.get(i + 1));
        }
        return pairs;
    }

    private static @Nullable Address database(Map<String, String> given, String password) {
        String host = given.get("pg-host");
        return host == null
                ? null
                : new Address(
                        host,
                        Math.toIntExact(count("pg-port", given.getOrDefault("pg-port", "5432"))),
                        given.getOrDefault("pg-database", "postgres"),
                        given.getOrDefault("pg-user", "postgres"),
                        password);
    }

    private static long count(String name, String text) {
        String digits = text.toLowerCase(Locale.ROOT);
        long unit = digits.endsWith("m") ? 1_000_000 : digits.endsWith("k") ? 1_000 : 1;
        try {
            return unit * Long.parseLong(unit == 1 ? digits : digits.substring(0, digits.length() - 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " is a number such as 5m, not " + text + ".", e);
        }
    }

    @Override
    public String toString() {
        return "Options[url=" + url + ", rows=" + rows + ", runs=" + runs + "]";
    }
}
