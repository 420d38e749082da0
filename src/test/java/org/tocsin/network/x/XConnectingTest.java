package org.tocsin.network.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Channel;
import org.tocsin.network.ChannelHealth;
import org.tocsin.network.Connecting.Ask;
import org.tocsin.network.Connecting.Connected;
import org.tocsin.network.Connecting.Field;
import org.tocsin.network.Connecting.Progress;

class XConnectingTest {
    private FakeX server;
    private OutboundHttp http;

    @BeforeEach
    void open() throws Exception {
        server = new FakeX(Clock.systemUTC());
        http = new OutboundHttp(new AddressGuard(Set.of(server.peer())), "Tocsin/test", null, Ticker.system());
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        server.close();
    }

    private XConnecting at(String base) {
        return new XConnecting(http, new RetryAfter(Clock.systemUTC()), Clock.systemUTC(), base);
    }

    private static Ask app(XConnecting connecting, String key, String secret) {
        Ask first = connecting.begin();
        return (Ask) connecting.next(
                first.state(),
                first.step(),
                Map.of("consumerKey", Secret.of(key), "consumerSecret", Secret.of(secret)));
    }

    private static Progress pin(XConnecting connecting, Ask ask, String pin, String ceiling) {
        return connecting.next(
                ask.state(), ask.step(), Map.of("pin", Secret.of(pin), "monthlyCeilingUsd", Secret.of(ceiling)));
    }

    private static String fault(Progress progress) {
        assertThat(progress).isInstanceOf(Ask.class);
        return ((Ask) progress).faults().getFirst().pointer() + " "
                + ((Ask) progress).faults().getFirst().message().code();
    }

    @Test
    void a_consumer_pair_a_link_and_a_pin_make_a_channel_that_works() {
        XConnecting connecting = at(server.origin());
        Ask ask = app(connecting, FakeX.KEY, " " + FakeX.SECRET + "\n");
        assertThat(ask.faults()).isEmpty();
        assertThat(ask.link()).asString().startsWith(server.origin() + "/oauth/authorize?oauth_token=NPcudxy0");
        assertThat(ask.fields())
                .extracting(Field::name, Field::defaultValue)
                .contains(tuple("monthlyCeilingUsd", "10"));
        assertThat(ask.toString()).doesNotContain(FakeX.SECRET);
        assertThat(fault(pin(connecting, ask, FakeX.PIN, "beaucoup")))
                .isEqualTo("/monthlyCeilingUsd x.dollars.malformed");
        assertThat(fault(pin(connecting, ask, "0000000", "10"))).isEqualTo("/pin x.pin.refused");
        assertThat(pin(connecting, ask, FakeX.PIN, "25")).isInstanceOfSatisfying(Connected.class, connected -> {
            assertThat(connected.account()).isEqualTo("@agenda_fr");
            assertThat(connected.settings())
                    .isEqualTo(Map.of(
                            "baseUrl",
                            server.origin(),
                            "monthlyCeilingUsd",
                            "25",
                            "accountId",
                            FakeX.USER,
                            "username",
                            FakeX.NAME));
            Channel channel = new Channel(
                    "x",
                    BranchId.MAIN,
                    "X",
                    "x",
                    connected.settings(),
                    connected.secrets(),
                    Clock.systemUTC().instant());
            XNetwork network = new XNetwork(http, new RetryAfter(Clock.systemUTC()), Clock.systemUTC());
            assertThat(network.validate(channel)).isEmpty();
            assertThat(network.check(channel).status()).isEqualTo(ChannelHealth.Status.OK);
        });
    }

    @Test
    void the_first_question_says_what_it_costs_and_hides_what_is_typed() {
        Ask first = at(server.origin()).begin();
        assertThat(first.help().code()).isEqualTo("x.connect.app");
        assertThat(first.fields()).extracting(Field::secret).isEqualTo(List.of(true, true));
    }

    @Test
    void wrong_pairs_and_servers_are_told_apart() throws Exception {
        XConnecting connecting = at(server.origin());
        assertThat(fault(app(connecting, FakeX.KEY, ""))).isEqualTo("/consumerSecret x.connect.missing");
        assertThat(server.requests()).isEmpty();
        assertThat(fault(app(connecting, FakeX.KEY, "wrong"))).isEqualTo("/consumerKey x.app.refused");
        assertThat(fault(app(at("http://10.0.0.1"), "a", "b"))).isEqualTo("/consumerKey network.address.refused");
        assertThat(fault(app(at("https://no.such.host.invalid"), "a", "b")))
                .isEqualTo("/consumerKey network.unreachable");
        assertThat(fault(app(at("https://api.x.com/2"), "a", "b")))
                .isEqualTo("/settings/baseUrl network.address.malformed");
        server.close();
        assertThat(fault(app(connecting, "a", "b"))).isEqualTo("/consumerKey network.unreachable");
    }

    @Test
    void an_account_without_credits_is_told_and_not_connected() {
        XConnecting connecting = at(server.origin());
        Ask ask = app(connecting, FakeX.KEY, FakeX.SECRET);
        server.broke(true);
        assertThat(fault(pin(connecting, ask, FakeX.PIN, "10"))).isEqualTo("/consumerKey x.credits");
    }
}
