package org.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final TrustedProxies PROXIES = TrustedProxies.of("127.0.0.0/8, ::1,172.16.0.0/12,2001:db8:1::/48");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            203.0.113.9   | -                           | 203.0.113.9
            203.0.113.9   | 198.51.100.1                | 203.0.113.9
            172.32.0.1    | 198.51.100.1                | 172.32.0.1
            127.0.0.1     | -                           | 127.0.0.1
            127.0.0.1     | 198.51.100.1                | 198.51.100.1
            172.18.0.1    | 198.51.100.1                | 198.51.100.1
            ::1           | 2001:db8::7                 | 2001:db8:0:0:0:0:0:7
            0:0:0:0:0:0:0:1 | 198.51.100.1              | 198.51.100.1
            2001:db8:1::5 | 198.51.100.1                | 198.51.100.1
            172.18.0.1    | 10.9.9.9, 198.51.100.1      | 198.51.100.1
            172.18.0.1    | 198.51.100.1, 172.18.0.9    | 198.51.100.1
            172.18.0.1    | 172.18.0.9                  | 172.18.0.9
            127.0.0.1     | 198.51.100.1:4711           | 198.51.100.1
            127.0.0.1     | [2001:db8::7]:4711          | 2001:db8:0:0:0:0:0:7
            127.0.0.1     | ::ffff:198.51.100.1         | 198.51.100.1
            127.0.0.1     | unknown                     | 127.0.0.1
            127.0.0.1     | 198.51.100.1, _hidden       | 127.0.0.1
            127.0.0.1     | 198.51.100.1,               | 198.51.100.1
            127.0.0.1     | 10.1                        | 127.0.0.1
            127.0.0.1     | example.org                 | 127.0.0.1
            """)
    void the_client_is_the_last_for_whom_no_proxy_stands(String peer, String forwarded, String client) {
        assertThat(PROXIES.client(peer, forwarded == null ? List.of() : List.of(forwarded)))
                .isEqualTo(client);
    }

    @Test
    void several_headers_are_one_list() {
        assertThat(PROXIES.client("127.0.0.1", List.of("10.9.9.9", "198.51.100.1, 172.18.0.9")))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void with_none_nobody_is_believed() {
        assertThat(TrustedProxies.of(" ").client("127.0.0.1", List.of("198.51.100.1")))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8/8", "::1/129", "10.0.0", "a/8"})
    void what_is_no_network_is_named(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.of("::1," + entry))
                .withMessage(entry);
    }
}
