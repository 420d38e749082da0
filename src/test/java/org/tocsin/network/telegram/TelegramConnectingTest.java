package org.tocsin.network.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.base.Secret;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.network.Connecting.Ask;
import org.tocsin.network.Connecting.Connected;
import org.tocsin.network.Connecting.Progress;

class TelegramConnectingTest {
    private FakeTelegram server;
    private OutboundHttp http;
    private TelegramConnecting connecting;

    @BeforeEach
    void open() throws Exception {
        server = new FakeTelegram(Clock.systemUTC());
        http = new OutboundHttp(new AddressGuard(Set.of(server.peer())), "Tocsin/test", null, Ticker.system());
        connecting = at(server.origin());
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        server.close();
    }

    private TelegramConnecting at(String base) {
        return new TelegramConnecting(http, new RetryAfter(Clock.systemUTC()), Clock.systemUTC(), base);
    }

    private static Ask token(TelegramConnecting connecting, String token) {
        Ask first = connecting.begin();
        assertThat(first.fields())
                .singleElement()
                .satisfies(field -> assertThat(field.secret()).isTrue());
        return (Ask) connecting.next(first.state(), first.step(), Map.of("botToken", Secret.of(token)));
    }

    private Progress chat(Ask ask, String chat) {
        return connecting.next(ask.state(), ask.step(), Map.of("chat", Secret.of(chat)));
    }

    private static String fault(Progress progress) {
        assertThat(progress).isInstanceOf(Ask.class);
        return ((Ask) progress).faults().getFirst().message().code();
    }

    @Test
    void a_channel_is_found_in_what_the_bot_has_heard_and_nothing_is_confirmed() {
        Ask ask = token(connecting, FakeTelegram.TOKEN);
        assertThat(ask.step()).isEqualTo("chat");
        assertThat(ask.link()).hasToString("https://t.me/agenda_bot?startchannel&admin=post_messages");
        assertThat(ask.toString()).doesNotContain(FakeTelegram.TOKEN);
        assertThat(fault(chat(ask, ""))).isEqualTo("telegram.connect.none");
        server.posted("un essai");
        for (int twice = 0; twice < 2; twice++) {
            assertThat(chat(ask, "")).isInstanceOfSatisfying(Connected.class, connected -> {
                assertThat(connected.account()).isEqualTo(FakeTelegram.TITLE);
                assertThat(connected.settings())
                        .isEqualTo(Map.of("chatId", "" + FakeTelegram.CHAT, "baseUrl", server.origin()));
                assertThat(connected.secrets()).isEqualTo(Map.of("botToken", Secret.of(FakeTelegram.TOKEN)));
            });
        }
        assertThat(server.requests()).noneMatch(seen -> seen.body().contains("offset"));
    }

    @Test
    void a_public_channel_is_named_and_its_number_kept() {
        Ask ask = token(connecting, FakeTelegram.TOKEN);
        assertThat(chat(ask, " " + FakeTelegram.NAME + " "))
                .isInstanceOfSatisfying(
                        Connected.class,
                        connected -> assertThat(connected.settings()).containsEntry("chatId", "" + FakeTelegram.CHAT));
        assertThat(fault(chat(ask, "agenda"))).isEqualTo("telegram.chat.malformed");
        assertThat(fault(chat(ask, "@nothing"))).isEqualTo("telegram.chat.unknown");
        server.role("administrator", false);
        assertThat(fault(chat(ask, FakeTelegram.NAME))).isEqualTo("telegram.bot.may-not-post");
    }

    @Test
    void several_channels_are_named_and_those_that_were_left_are_not() {
        Ask ask = token(connecting, FakeTelegram.TOKEN);
        server.update(
                "my_chat_member",
                "{\"chat\":{\"id\":-1009,\"type\":\"channel\",\"title\":\"Autre\"},\"new_chat_member\":{\"status\":\"administrator\"}}");
        server.update(
                "message",
                "{\"chat\":{\"id\":7,\"type\":\"private\"},\"forward_origin\":{\"chat\":{\"id\":" + FakeTelegram.CHAT
                        + ",\"type\":\"channel\",\"title\":\"L’agenda\"}}}");
        Progress several = chat(ask, "");
        assertThat(fault(several)).isEqualTo("telegram.connect.several");
        assertThat(((Ask) several).faults().getFirst().message().args().get("chats"))
                .isEqualTo("Autre (-1009), L’agenda (-1001234567890)");
        server.update(
                "my_chat_member",
                "{\"chat\":{\"id\":-1009,\"type\":\"channel\",\"title\":\"Autre\"},\"new_chat_member\":{\"status\":\"left\"}}");
        assertThat(chat(ask, "")).isInstanceOf(Connected.class);
    }

    @Test
    void another_reader_of_the_bot_is_told() {
        Ask ask = token(connecting, FakeTelegram.TOKEN);
        server.webhook();
        assertThat(fault(chat(ask, ""))).isEqualTo("telegram.connect.webhook");
        assertThat(chat(ask, FakeTelegram.NAME)).isInstanceOf(Connected.class);
    }

    @Test
    void wrong_tokens_and_servers_are_told_apart() throws Exception {
        assertThat(fault(token(connecting, ""))).isEqualTo("telegram.token.missing");
        assertThat(fault(token(connecting, "hunter2"))).isEqualTo("telegram.token.malformed");
        assertThat(server.requests()).isEmpty();
        assertThat(fault(token(connecting, "9" + FakeTelegram.TOKEN))).isEqualTo("telegram.token.refused");
        assertThat(fault(token(at("http://10.0.0.1"), FakeTelegram.TOKEN))).isEqualTo("network.address.refused");
        assertThat(fault(token(at("https://no.such.host.invalid"), FakeTelegram.TOKEN)))
                .isEqualTo("network.unreachable");
        server.close();
        assertThat(fault(token(connecting, FakeTelegram.TOKEN))).isEqualTo("network.unreachable");
    }
}
