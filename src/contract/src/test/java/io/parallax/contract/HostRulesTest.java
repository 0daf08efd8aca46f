package io.parallax.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                      |                       | 127.0.0.1      | true",
                "                      | 127.0.0.0/8, ::1      | 127.0.0.1      | false",
                "                      | 127.0.0.0/8, ::1      | ::1            | false",
                "                      | 127.0.0.0/8, ::1      | ::ffff:127.0.0.1 | false",
                "                      | 10.0.0.0/9            | 10.128.0.1     | true",
                "                      | 10.0.0.0/9            | 10.127.255.255 | false",
                "192.168.1.7           |                       | 192.168.1.7    | true",
                "192.168.1.7           |                       | 192.168.1.8    | false",
                "10.0.0.0/8            | 10.1.0.0/16           | 10.1.2.3       | false",
                "10.0.0.0/8 fd00::/8   | 10.1.0.0/16           | fdff::1        | true",
                "0.0.0.0/0             |                       | fd00::1        | false"
            })
    void permitByNetwork(String allowed, String denied, String address, boolean permitted) throws Exception {
        assertThat(HostRules.of(allowed, denied).permit(InetAddress.getByName(address)))
                .isEqualTo(permitted);
    }

    @Test
    void refuseWhatIsNoNetwork() {
        for (String wrong : new String[] {"localhost", "10.0.0.0/33", "10.0.0.0/x", "1.2.3.4.5", "/8"}) {
            assertThatThrownBy(() -> HostRules.of(wrong, null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("No network: " + wrong);
        }
    }
}
