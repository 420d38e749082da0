package org.tocsin.network.mastodon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.base.Secret;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.Peer;
import org.tocsin.network.Connecting.Ask;
import org.tocsin.network.Connecting.Connected;
import org.tocsin.network.Connecting.Progress;
import org.tocsin.network.TestClock;

class MastodonConnectingTest {
    private FakeMastodon server;
    private OutboundHttp http;
    private MastodonConnecting connecting;

    @BeforeEach
    void open() throws Exception {
        TestClock clock = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));
        server = new FakeMastodon(clock);
        Set<Peer> allowed = Set.of(server.peer(), new Peer("127.0.0.1", 1));
        http = new OutboundHttp(new AddressGuard(allowed), "Tocsin/test", null, Ticker.system());
        connecting = new MastodonConnecting(http, clock);
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        server.close();
    }

    private Progress answer(Ask ask, String value) {
        return connecting.next(
                ask.state(), ask.step(), Map.of(ask.fields().getFirst().name(), Secret.of(value)));
    }

    @Test
    void a_server_a_link_and_a_code_make_a_channel() {
        Ask code = (Ask) answer(connecting.begin(), server.origin());
        assertThat(code.step()).isEqualTo("code");
        assertThat(code.link())
                .hasHost("127.0.0.1")
                .hasPath("/oauth/authorize")
                .hasParameter("client_id", "the-client")
                .hasParameter("redirect_uri", "urn:ietf:wg:oauth:2.0:oob")
                .hasParameter("response_type", "code");
        assertThat(code.toString()).doesNotContain("the-secret");

        Ask again = (Ask) answer(code, "wrong");
        assertThat(again.step()).isEqualTo("code");
        assertThat(again.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/code");
            assertThat(fault.message().code()).isEqualTo("mastodon.connect.code.refused");
        });
        assertThat(((Ask) answer(again, "  ")).faults()).hasSize(1);

        Connected connected = (Connected) answer(again, " " + FakeMastodon.CODE + "\n");
        assertThat(connected.account()).isEqualTo("@assemblee@127.0.0.1");
        assertThat(connected.settings())
                .isEqualTo(Map.of("baseUrl", server.origin(), "accountId", FakeMastodon.ACCOUNT, "tokenExpiresAt", ""));
        assertThat(connected.secrets()).isEqualTo(Map.of("accessToken", Secret.of(FakeMastodon.TOKEN)));
    }

    @Test
    void a_token_that_ends_says_when() {
        server.expiresIn(600);
        Ask code = (Ask) answer(connecting.begin(), server.origin());
        Connected connected = (Connected) answer(code, FakeMastodon.CODE);
        assertThat(connected.settings()).containsEntry("tokenExpiresAt", "2026-11-23T10:10:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "not a server,         network.address.malformed",
        "http://social.example,network.address.malformed",
        "https://10.0.0.1,     network.address.refused",
        "https://localhost,    network.address.refused",
        "http://127.0.0.1:1,   network.unreachable",
        "'',                   network.address.malformed"
    })
    void a_server_that_cannot_be_asked_is_named_with_the_reason(String typed, String code) {
        Ask again = (Ask) answer(connecting.begin(), typed);
        assertThat(again.step()).isEqualTo("server");
        assertThat(again.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/server");
            assertThat(fault.message().code()).isEqualTo(code);
        });
    }
}
