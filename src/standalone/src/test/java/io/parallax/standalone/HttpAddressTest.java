package io.parallax.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpAddressTest {
    @Test
    void isOnTheLoopbackInterfaceUnlessToldOtherwise() {
        HttpAddress address = HttpAddress.claimed(Map.of("QUARKUS_HTTP_PORT", "0"), null);
        assertThat(address.host()).isEqualTo("127.0.0.1");
        assertThat(address.port()).isPositive();
        assertThat(new HttpAddress("0.0.0.0", 8080).url()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(new HttpAddress("::1", 8080).url()).isEqualTo(URI.create("http://[::1]:8080"));
    }

    @Test
    void refusesAPortInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(() -> HttpAddress.claimed(Map.of("QUARKUS_HTTP_PORT", port), null))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageStartingWith("Port " + port + " of 127.0.0.1 is in use");
        }
    }

    @Test
    void refusesWhatIsNoPort() {
        for (String port : new String[] {"http", "-1", "65536", ""}) {
            assertThatThrownBy(() -> HttpAddress.claimed(Map.of("QUARKUS_HTTP_PORT", port), null))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageStartingWith("QUARKUS_HTTP_PORT is not a port");
        }
    }

    @Test
    void theCommandLineWins() {
        Map<String, String> environment = Map.of("QUARKUS_HTTP_PORT", "nonsense");
        assertThat(HttpAddress.claimed(environment, "0").port()).isPositive();
        for (String port : new String[] {"http", "-1", "65536", ""}) {
            assertThatThrownBy(() -> HttpAddress.claimed(Map.of(), port))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageStartingWith("--port is not a port");
        }
    }

    @Test
    void healthAndMetricsHaveAnAddressOfTheirOwn() throws IOException {
        HttpAddress api = new HttpAddress("0.0.0.0", 9000);
        HttpAddress usual = HttpAddress.management(Map.of("QUARKUS_HTTP_HOST", "0.0.0.0"), api);
        assertThat(usual.host()).isEqualTo("127.0.0.1");
        assertThat(usual.port()).isPositive().isNotEqualTo(9000);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThatThrownBy(() -> HttpAddress.management(Map.of("QUARKUS_MANAGEMENT_PORT", port), api))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageStartingWith("Port " + port + " of 127.0.0.1 is in use");
        }
        for (String port : new String[] {"9000", "http", ""}) {
            assertThatThrownBy(() -> HttpAddress.management(Map.of("QUARKUS_MANAGEMENT_PORT", port), api))
                    .isInstanceOf(StartRefusedException.class);
        }
        assertThatThrownBy(() -> HttpAddress.management(Map.of("QUARKUS_MANAGEMENT_HOST", "no host"), api))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageStartingWith("QUARKUS_MANAGEMENT_HOST is no address");
    }

    @Test
    void refusesWhatIsNoHost() {
        assertThatThrownBy(() -> HttpAddress.claimed(Map.of("QUARKUS_HTTP_HOST", "no host"), null))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageStartingWith("QUARKUS_HTTP_HOST is no address");
    }
}
