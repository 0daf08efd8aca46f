package io.parallax.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void hasDefaults() {
        Options options = parse();

        assertThat(options)
                .isEqualTo(new Options(
                        List.of(Shape.RATING),
                        List.of(new RowCount(1_000_000), new RowCount(5_000_000)),
                        List.of(Variant.values()),
                        5,
                        50,
                        true,
                        Path.of("/cache/parallax-bench"),
                        false,
                        false));
    }

    @Test
    void readsEveryOption() {
        Options options = parse(
                "--shapes uuid,text,uuid",
                "--rows 25m",
                "--variants one-percent",
                "--runs 7",
                "--small 0",
                "--floors target",
                "--data /d",
                "--one-server",
                "--fresh");

        assertThat(options)
                .isEqualTo(new Options(
                        List.of(Shape.UUID, Shape.TEXT),
                        List.of(new RowCount(25_000_000)),
                        List.of(Variant.ONE_PERCENT),
                        7,
                        0,
                        false,
                        Path.of("/d"),
                        true,
                        true));
    }

    @Test
    void knowsAllShapes() {
        assertThat(parse("--shapes all").shapes()).containsExactly(Shape.values());
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> parse("--row 1")).hasMessage("There is no option --row.");
        assertThatThrownBy(() -> parse("--rows")).hasMessage("--rows needs a value.");
        assertThatThrownBy(() -> parse("--rows many")).hasMessageContaining("100k or 5m, not many");
        assertThatThrownBy(() -> parse("--runs 0")).hasMessageContaining("from 1, not 0");
        assertThatThrownBy(() -> parse("--small some")).hasMessageContaining("from 0, not some");
        assertThatThrownBy(() -> parse("--shapes round")).hasMessageContaining("rating, loose, orders");
        assertThatThrownBy(() -> parse("--floors none")).hasMessageContaining("all, target");
    }

    @Test
    void readsWhatScalingTakes() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/cache");
        assertThat(ScalingOptions.parse(List.of(), environment))
                .isEqualTo(new ScalingOptions(new RowCount(150_000), 25, 100, Path.of("/cache/parallax-bench"), false));
        assertThat(ScalingOptions.parse(
                        List.of("--rows", "5m", "--rate", "200", "--small", "7", "--data", "/d", "--fresh"),
                        environment))
                .isEqualTo(new ScalingOptions(new RowCount(5_000_000), 200, 7, Path.of("/d"), true));
        assertThatThrownBy(() -> ScalingOptions.parse(List.of("--runs", "7"), environment))
                .hasMessage("There is no option --runs.");
    }

    @Test
    void readsWhatFairnessTakes() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/cache");
        assertThat(FairnessOptions.parse(List.of(), environment))
                .isEqualTo(new FairnessOptions(
                        new RowCount(1_000_000), 25, 100, 20, Path.of("/cache/parallax-bench"), false));
        assertThat(FairnessOptions.parse(
                        List.of(
                                "--rows", "5m", "--rate", "200", "--diffs", "9", "--small", "7", "--data", "/d",
                                "--fresh"),
                        environment))
                .isEqualTo(new FairnessOptions(new RowCount(5_000_000), 200, 9, 7, Path.of("/d"), true));
        assertThatThrownBy(() -> FairnessOptions.parse(List.of("--runs", "7"), environment))
                .hasMessage("There is no option --runs.");
    }

    @Test
    void readsWhatLeavingTakes() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/cache");
        assertThat(LeavingOptions.parse(List.of(), environment))
                .isEqualTo(new LeavingOptions(new RowCount(1_000_000), 25, 2, Path.of("/cache/parallax-bench"), false));
        assertThat(LeavingOptions.parse(
                        List.of("--rows", "5m", "--rate", "200", "--rounds", "9", "--data", "/d", "--fresh"),
                        environment))
                .isEqualTo(new LeavingOptions(new RowCount(5_000_000), 200, 9, Path.of("/d"), true));
    }

    @Test
    void readsWhatLoadTakes() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/cache");
        assertThat(LoadOptions.parse(List.of(), environment))
                .isEqualTo(new LoadOptions(
                        Duration.ofSeconds(5),
                        5,
                        32,
                        List.of(CallKind.values()),
                        1_000_000,
                        10_000,
                        Path.of("/cache/parallax-bench"),
                        false));
        assertThat(LoadOptions.parse(
                        List.of(
                                "--seconds 2 --rounds 3 --connections 4 --calls post,over --finished 0 --waiting 25 --data /d --fresh"
                                        .split(" ", -1)),
                        environment))
                .isEqualTo(new LoadOptions(
                        Duration.ofSeconds(2),
                        3,
                        4,
                        List.of(CallKind.POST, CallKind.OVER),
                        0,
                        25,
                        Path.of("/d"),
                        true));
        for (String wrong : List.of("-1", "many", "1.5m", "9999m", "k", "")) {
            assertThatThrownBy(() -> LoadOptions.parse(List.of("--finished", wrong), environment))
                    .hasMessage("--finished is a number such as 10k or 1m, not " + wrong + ".");
        }
    }

    @Test
    void readsThoseOfARunOverADistance() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/cache");

        assertThat(DistanceOptions.parse(List.of(), environment))
                .isEqualTo(new DistanceOptions(Duration.ofMillis(50), 7, Path.of("/cache/parallax-bench"), false));
        assertThat(DistanceOptions.parse(
                        List.of("--trip", "20", "--runs", "3", "--data", "/d", "--fresh"), environment))
                .isEqualTo(new DistanceOptions(Duration.ofMillis(20), 3, Path.of("/d"), true));
        assertThatThrownBy(() -> DistanceOptions.parse(List.of("--trip", "far"), environment))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsWhatFlowTakes() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/cache");
        assertThat(FlowOptions.parse(List.of(), environment))
                .isEqualTo(new FlowOptions(
                        40,
                        Duration.ofSeconds(20),
                        400,
                        1500,
                        List.of(Duration.ofNanos(100_000), Duration.ofNanos(2_500_000)),
                        Path.of("/cache/parallax-bench"),
                        false));
        assertThat(FlowOptions.parse(
                        List.of("--rate 5 --seconds 7 --burst 9 --new 3 --distances 0 --data /d --fresh"
                                .split(" ", -1)),
                        environment))
                .isEqualTo(
                        new FlowOptions(5, Duration.ofSeconds(7), 9, 3, List.of(Duration.ZERO), Path.of("/d"), true));
        assertThatThrownBy(() -> FlowOptions.parse(List.of("--distances", "near"), environment))
                .hasMessage("--distances is a number from 0, not near.");
    }

    private static Options parse(String... options) {
        List<String> arguments = List.of(options).stream()
                .flatMap(option -> List.of(option.split(" ", -1)).stream())
                .toList();
        return Options.parse(arguments, Map.of("XDG_CACHE_HOME", "/cache"));
    }
}
