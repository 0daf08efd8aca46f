package io.parallax.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Map<String, String> KEY = Map.of("PARALLAX_KEY", "secret");

    @Test
    void hasDefaults() {
        Options options = Options.parse(List.of(), KEY);

        assertThat(options).isEqualTo(new Options(URI.create("http://localhost:8080"), "secret", 5_000_000, 5, null));
        assertThat(options.toString()).doesNotContain("secret");
    }

    @Test
    void readsEveryOption() {
        Options options = Options.parse(
                List.of(
                        "--url",
                        "http://h:1",
                        "--key",
                        "k",
                        "--rows",
                        "25K",
                        "--runs",
                        "7",
                        "--pg-host",
                        "db",
                        "--pg-port",
                        "6000",
                        "--pg-database",
                        "d",
                        "--pg-user",
                        "u"),
                Map.of("PARALLAX_BENCH_PG_PASSWORD", "pw"));

        assertThat(options)
                .isEqualTo(
                        new Options(URI.create("http://h:1"), "k", 25_000, 7, new Address("db", 6000, "d", "u", "pw")));
        assertThat(options.database()).hasToString("u@db:6000/d");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> Options.parse(List.of(), Map.of())).hasMessageContaining("PARALLAX_KEY");
        assertThatThrownBy(() -> Options.parse(List.of("--row", "1"), KEY)).hasMessageContaining("--row");
        assertThatThrownBy(() -> Options.parse(List.of("--rows"), KEY)).hasMessageContaining("needs a value");
        assertThatThrownBy(() -> Options.parse(List.of("--rows", "many"), KEY)).hasMessageContaining("5m");
        assertThatThrownBy(() -> Options.parse(List.of("--runs", "0"), KEY)).hasMessageContaining("start at 1");
    }
}
