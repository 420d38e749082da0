package org.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicWayTest {
    private static final PublicWay WAY = new PublicWay(Optional.of(URI.create("https://info.exemple.fr")));

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            info.exemple.fr, -,            true
            INFO.exemple.fr, https,        true
            info.exemple.fr, http,         false
            info.exemple.fr, 'http, https', false
            info.exemple.fr, 'https, http', true
            localhost:8080,  https,        true
            localhost:8080,  -,            false
            info.exemple.fr:8443, -,       false
            """)
    void it_is_taken_where_the_browser_spoke_over_tls(String host, String proto, boolean taken) {
        assertThat(WAY.taken(host, Optional.ofNullable(proto))).isEqualTo(taken);
    }

    @Test
    void there_is_none_without_an_address_of_https() {
        assertThat(new PublicWay(Optional.empty()).taken("info.exemple.fr", Optional.of("https")))
                .isFalse();
        assertThat(new PublicWay(Optional.of(URI.create("http://info.exemple.fr")))
                        .taken("info.exemple.fr", Optional.of("https")))
                .isFalse();
    }
}
