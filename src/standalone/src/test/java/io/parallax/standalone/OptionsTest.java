package io.parallax.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void areReadInAnyOrder() {
        assertThat(Options.of()).isEqualTo(new Options(false, null, false, false));
        assertThat(Options.of("--port", "8088", "--fresh")).isEqualTo(new Options(true, "8088", false, false));
        assertThat(Options.of("--fresh", "--port=8088")).isEqualTo(new Options(true, "8088", false, false));
        assertThat(Options.of("--port")).isEqualTo(new Options(false, "", false, false));
        assertThat(Options.of("--version").version()).isTrue();
        assertThat(Options.of("-h").help()).isTrue();
    }

    @Test
    void othersAreRefusedByNamingThoseThereAre() {
        assertThatThrownBy(() -> Options.of("--frish"))
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("There is no option --frish; there are --fresh, --port, --version and --help.");
    }

    @Test
    void theUsageTellsOfAllOfThem() {
        assertThat(Pattern.compile("--[a-z]+").matcher(Options.USAGE).results().map(option -> option.group()))
                .contains("--fresh", "--port", "--version", "--help");
        assertThat(Options.USAGE)
                .contains(
                        "PARALLAX_DATA",
                        "PARALLAX_PUBLIC_URL",
                        "QUARKUS_HTTP_HOST",
                        "QUARKUS_HTTP_PORT",
                        "QUARKUS_MANAGEMENT_PORT");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(Options.versionText()).matches("Parallax [0-9]+\\.[0-9]+\\.[0-9]+.*");
    }
}
