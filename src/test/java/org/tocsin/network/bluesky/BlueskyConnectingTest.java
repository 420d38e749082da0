package org.tocsin.network.bluesky;

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

class BlueskyConnectingTest {
    private FakeBluesky server;
    private OutboundHttp http;
    private BlueskyConnecting connecting;

    @BeforeEach
    void open() throws Exception {
        TestClock clock = new TestClock(Instant.parse("2026-11-23T10:00:00Z"));
        server = new FakeBluesky(clock);
        Set<Peer> allowed = Set.of(server.peer(), new Peer("127.0.0.1", 1));
        http = new OutboundHttp(new AddressGuard(allowed), "Tocsin/test", null, Ticker.system());
        connecting = new BlueskyConnecting(http, clock);
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        server.close();
    }

    private Progress answer(String handle, String password, String where) {
        Ask ask = connecting.begin();
        return connecting.next(
                ask.state(),
                ask.step(),
                Map.of(
                        "identifier", Secret.of(handle),
                        "appPassword", Secret.of(password),
                        "server", Secret.of(where.replace("{server}", server.origin()))));
    }

    @Test
    void a_handle_and_an_app_password_make_a_channel() {
        Connected connected = (Connected) answer("@Assemblee.test ", FakeBluesky.APP_PASSWORD, "{server}/");
        assertThat(connected.account()).isEqualTo("@assemblee.test");
        assertThat(connected.settings())
                .isEqualTo(Map.of("identifier", "assemblee.test", "did", FakeBluesky.DID, "baseUrl", server.origin()));
        assertThat(connected.secrets()).isEqualTo(Map.of("appPassword", Secret.of(FakeBluesky.APP_PASSWORD)));
        assertThat(connecting.begin().fields().getLast().defaultValue()).isEqualTo("https://bsky.social");
    }

    @ParameterizedTest
    @CsvSource({
        "assemblee.test, correct horse battery staple, {server},           appPassword, bluesky.password.main",
        "assemblee.test, wrong,                        {server},           appPassword, bluesky.connect.refused",
        "other.test,     abcd-efgh-ijkl-mnop,          {server},           appPassword, bluesky.connect.refused",
        "assemblee.test, '',                           {server},           appPassword, bluesky.connect.password.missing",
        "assemblee,      abcd-efgh-ijkl-mnop,          {server},           identifier,  bluesky.connect.handle.malformed",
        "a@b.test,       abcd-efgh-ijkl-mnop,          {server},           identifier,  bluesky.connect.handle.malformed",
        "assemblee.test, abcd-efgh-ijkl-mnop,          https://10.1.2.3,   server,      network.address.refused",
        "assemblee.test, abcd-efgh-ijkl-mnop,          http://127.0.0.1:1, server,      network.unreachable",
        "assemblee.test, abcd-efgh-ijkl-mnop,          http://bsky.social, server,      network.address.malformed"
    })
    void what_is_wrong_is_named_at_its_field(String handle, String password, String where, String field, String code) {
        Ask again = (Ask) answer(handle, password, where);
        assertThat(again.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("/" + field);
            assertThat(fault.message().code()).isEqualTo(code);
        });
        assertThat(again.fields().get(1).defaultValue()).isEmpty();
    }
}
