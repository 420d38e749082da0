package org.tocsin.network.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Secret;
import org.tocsin.base.Ticker;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.http.RetryAfter;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.HearingRig;
import org.tocsin.mention.ItemKind;
import org.tocsin.mention.Mention;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceState;
import org.tocsin.network.Channel;
import org.tocsin.network.Json;
import org.tocsin.network.Seen;
import org.tocsin.network.TestClock;
import org.tocsin.sql.SqlInboxes;

/** Groups are heard by a bot that has one inbox, and shares it. */
class TelegramGroupsTest {
    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
    private static final long GROUP = -1009876543210L;

    private final TestClock clock = new TestClock(START);
    private FakeTelegram server;
    private OutboundHttp http;
    private HearingRig rig;
    private Channel channel;
    private GroupMessages groups;
    private TelegramInbox inbox;
    private final List<String> commands = new ArrayList<>();

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        server = new FakeTelegram(clock);
        http = new OutboundHttp(new AddressGuard(Set.of(server.peer())), "Tocsin/test", null, Ticker.system());
        rig = new HearingRig(folder, clock);
        channel = new Channel(
                "tg",
                BranchId.MAIN,
                "Agenda",
                "telegram",
                Map.of("baseUrl", server.origin(), "chatId", "@agenda_fr"),
                Map.of("botToken", Secret.of(FakeTelegram.TOKEN)),
                Instant.EPOCH);
        rig.listen(channel, GroupMessages.TYPE, String.valueOf(GROUP));
        groups = new GroupMessages(rig.keeper(), rig.channels::find, clock);
        inbox = inbox(rig.store);
    }

    private TelegramInbox inbox(UnitOfWork unitOfWork) {
        return new TelegramInboxes(
                        unitOfWork,
                        new SqlInboxes(),
                        http,
                        new RetryAfter(clock),
                        List.of(groups, new Commands()),
                        clock)
                .inbox("123456");
    }

    @AfterEach
    void stop() throws IOException {
        rig.close();
        http.close();
        server.close();
    }

    /** Another who takes updates of the same bot. */
    private final class Commands implements UpdateHandler {
        @Override
        public Set<String> kinds() {
            return Set.of("message", "callback_query");
        }

        @Override
        public List<Channel> bots(Tx tx) {
            return List.of(channel);
        }

        @Override
        public void handle(Tx tx, TelegramUpdate update) {
            String text = update.body().path("text").asText();
            if (text.equals("poison")) {
                throw new IllegalStateException("poison");
            }
            if (update.body().path("chat").path("type").asText().equals("private")) {
                commands.add(text);
            }
        }
    }

    private Duration poll() {
        return inbox.poll(channel, Duration.ZERO);
    }

    private List<Seen> asked(String method) {
        return server.requests().stream()
                .filter(seen -> seen.path().toLowerCase(java.util.Locale.ROOT).endsWith("/" + method))
                .toList();
    }

    @Test
    void what_was_said_before_the_source_was_added_is_history() {
        server.saidInGroup(GROUP, "avant", START.minusSeconds(60));
        server.saidInGroup(GROUP, "après", START.plusSeconds(60));
        clock.move(Duration.ofMinutes(2));
        assertThat(poll()).isZero();
        assertThat(rig.heard()).extracting(one -> one.heard().text()).containsExactly("avant", "après");
        assertThat(rig.heard()).extracting(Mention::history).containsExactly(true, false);
        assertThat(rig.source().lastSuccessAt()).isEqualTo(clock.instant());
    }

    @Test
    void one_inbox_serves_all_who_take_updates_and_confirms_what_is_kept() {
        server.saidInGroup(GROUP, "un", START);
        server.saidInGroup(-1L, "ailleurs", START);
        server.update(
                "message",
                "{\"message_id\":1,\"date\":1,\"text\":\"/start\",\"chat\":{\"id\":7,\"type\":\"private\"}}");
        poll();
        assertThat(rig.texts()).containsExactly("un");
        assertThat(commands).containsExactly("/start");
        poll();
        assertThat(Json.read(asked("getupdates").getLast().body())
                        .path("offset")
                        .asLong())
                .isEqualTo(870_004);
        assertThat(Json.read(asked("getupdates").getFirst().body())
                        .path("allowed_updates")
                        .toString())
                .isEqualTo(
                        "[\"callback_query\",\"channel_post\",\"edited_channel_post\",\"edited_message\",\"message\"]");
        poll();
        assertThat(rig.heard()).hasSize(1);
    }

    @Test
    void an_edit_changes_what_is_known_and_one_of_what_is_not_is_no_news() {
        int number = server.saidInGroup(GROUP, "un", START);
        server.editedInGroup(GROUP, 5, "inconnu", START);
        poll();
        server.editedInGroup(GROUP, number, "un, corrigé", START);
        poll();
        assertThat(rig.texts()).containsExactly("un, corrigé");
    }

    @Test
    void what_was_not_committed_is_given_again_and_kept_once() {
        server.saidInGroup(GROUP, "un", START);
        UnitOfWork dying = rig.dying();
        inbox = inbox(dying);
        poll();
        assertThat(rig.heard()).isEmpty();
        inbox = inbox(rig.store);
        poll();
        poll();
        assertThat(rig.texts()).containsExactly("un");
    }

    @Test
    void ids_that_jump_are_taken_and_after_a_week_of_silence_lower_ones_too() {
        server.saidInGroup(GROUP, "un", START);
        poll();
        server.updatesFrom(9_000_000_000L);
        server.saidInGroup(GROUP, "deux", START);
        poll();
        poll();
        server.updatesFrom(17);
        clock.move(Duration.ofDays(7));
        server.saidInGroup(GROUP, "trois", clock.instant());
        poll();
        server.saidInGroup(GROUP, "quatre", clock.instant());
        poll();
        poll();
        assertThat(rig.texts()).containsExactly("un", "deux", "trois", "quatre");
        assertThat(Json.read(asked("getupdates").getLast().body())
                        .path("offset")
                        .asLong())
                .isEqualTo(19);
    }

    @Test
    void what_telegram_has_not_kept_is_a_gap() {
        poll();
        Instant last = clock.instant();
        clock.move(Duration.ofDays(3));
        poll();
        assertThat(rig.gaps()).hasSize(1);
        assertThat(rig.gaps().getFirst().from()).isEqualTo(last);
        assertThat(rig.gaps().getFirst().to()).isEqualTo(clock.instant().minus(Duration.ofDays(1)));
        clock.move(Duration.ofHours(23));
        poll();
        assertThat(rig.gaps()).hasSize(1);
    }

    @Test
    void what_another_program_has_taken_is_a_gap() {
        poll();
        server.webhook();
        clock.move(Duration.ofHours(1));
        poll();
        server.webhook(false);
        clock.move(Duration.ofHours(1));
        poll();
        poll();
        assertThat(rig.gaps()).hasSize(1);
        assertThat(rig.gaps().getFirst().to()).isEqualTo(clock.instant());
    }

    @Test
    void a_webhook_holds_the_reading_and_is_left_alone() {
        server.webhook();
        assertThat(poll()).isGreaterThan(Duration.ofMinutes(1));
        assertThat(rig.source().state()).isEqualTo(SourceState.HELD);
        assertThat(rig.source().reason().code()).isEqualTo("heard.telegram.webhook");
        assertThat(rig.notices()).isEqualTo(1);
        assertThat(asked("deletewebhook")).isEmpty();
        server.webhook(false);
        server.saidInGroup(GROUP, "un", START);
        poll();
        assertThat(rig.source().state()).isEqualTo(SourceState.LISTENING);
        assertThat(rig.notices()).isZero();
        assertThat(rig.texts()).containsExactly("un");
    }

    @Test
    void a_token_that_was_taken_back_holds_it_without_telling_it() {
        server.token("123456:another_secret_of_the_same_bot");
        poll();
        assertThat(rig.source().state()).isEqualTo(SourceState.HELD);
        assertThat(rig.source().toString()).doesNotContain(FakeTelegram.TOKEN);
    }

    @Test
    void a_bot_that_hears_only_what_is_addressed_to_it_says_so() {
        poll();
        assertThat(rig.source().attempts()).isZero();
        assertThat(rig.source().reason().code()).isEqualTo("heard.telegram.privacy");
    }

    @Test
    void an_update_that_nobody_can_keep_does_not_stop_the_others() {
        server.saidInGroup(GROUP, "un", START);
        server.saidInGroup(GROUP, "poison", START);
        server.saidInGroup(GROUP, "deux", START);
        for (int i = 0; i < 8; i++) {
            poll();
        }
        assertThat(rig.texts()).containsExactly("un", "deux");
    }

    @Test
    void whatever_an_update_says_the_next_one_is_read() {
        for (String hostile : List.of(
                "{}",
                "{\"text\":7,\"chat\":[]}",
                "{\"message_id\":1e99,\"chat\":{\"id\":\"x\"},\"text\":\"x\"}",
                "{\"message_id\":3,\"date\":-5,\"text\":\"a\\u0000b\",\"entities\":[{\"type\":\"url\",\"offset\":-1,\"length\":9999999999}],\"chat\":{\"id\":"
                        + GROUP + ",\"type\":\"supergroup\"}}")) {
            server.update("message", hostile);
        }
        server.saidInGroup(GROUP, "un", START);
        poll();
        assertThat(rig.texts()).containsExactly("ab", "un");
    }

    @Test
    void a_group_is_named_by_its_name_its_number_or_an_address() {
        assertThat(groups.query("https://t.me/Quartier_Nord")).contains("@quartier_nord");
        assertThat(groups.query(" -1001234 ")).contains("-1001234");
        assertThat(groups.query("*")).contains("*");
        assertThat(groups.query("le quartier")).isEmpty();
    }

    @Test
    void a_message_comes_with_what_its_entities_say() {
        HeardItem item = TelegramItems.of(Json.read("""
                {"message_id":9,"date":1795687200,"text":"é #JO @mairie ex.fr ici","chat":{"id":-1001234,"type":"supergroup","username":"quartier"},
                "from":{"first_name":"Rose","last_name":"D.","username":"rose"},"reply_to_message":{"message_id":8,"chat":{"id":-1001234,"username":"quartier"}},
                "entities":[{"type":"hashtag","offset":2,"length":3},{"type":"mention","offset":6,"length":7},{"type":"url","offset":14,"length":5},
                {"type":"text_link","offset":20,"length":3,"url":"https://ex.fr/ici"}]}"""), Instant.parse("2027-01-01T00:00:00Z"))
                .orElseThrow();
        assertThat(item.nativeId()).isEqualTo("-1001234/9");
        assertThat(item.tags()).containsExactly("JO");
        assertThat(item.mentioned()).containsExactly("mairie");
        assertThat(item.links()).containsExactly("https://ex.fr", "https://ex.fr/ici");
        assertThat(item.kind()).isEqualTo(ItemKind.REPLY);
        assertThat(item.url()).isEqualTo("https://t.me/quartier/9");
        assertThat(item.about()).isEqualTo("https://t.me/quartier/8");
        assertThat(item.author().name()).isEqualTo("Rose D.");
    }

    private static final long SUPERGROUP = -1005550000000L;

    private void upgraded() {
        server.update(
                "message",
                "{\"message_id\":40,\"date\":1795687200,\"chat\":{\"id\":" + GROUP
                        + ",\"type\":\"group\"},\"migrate_to_chat_id\":" + SUPERGROUP + "}");
        server.update(
                "message",
                "{\"message_id\":1,\"date\":1795687200,\"chat\":{\"id\":" + SUPERGROUP
                        + ",\"type\":\"supergroup\"},\"migrate_from_chat_id\":" + GROUP + "}");
    }

    @Test
    void a_group_that_becomes_a_supergroup_is_heard_on() {
        server.saidInGroup(GROUP, "avant", START);
        upgraded();
        server.saidInGroup(SUPERGROUP, "après", START);
        poll();
        assertThat(rig.texts()).containsExactly("avant", "après");
        assertThat(rig.source().query()).isEqualTo(String.valueOf(SUPERGROUP));
    }

    @Test
    void where_the_supergroup_is_heard_already_the_source_of_the_group_stops_and_says_so() {
        rig.write(tx -> {
            Source one = rig.source(tx);
            rig.sources.insert(
                    tx,
                    new Source(
                            "t",
                            one.branch(),
                            one.type(),
                            "t",
                            null,
                            one.channelId(),
                            String.valueOf(SUPERGROUP),
                            null,
                            SourceState.LISTENING,
                            null,
                            0,
                            null,
                            START,
                            null,
                            null,
                            0,
                            START,
                            1));
            return true;
        });
        upgraded();
        server.saidInGroup(SUPERGROUP, "après", START);
        poll();
        assertThat(rig.texts()).containsExactly("après");
        assertThat(rig.source().state()).isEqualTo(SourceState.STOPPED);
        assertThat(rig.source().reason().code()).isEqualTo("heard.telegram.upgraded");
        assertThat(rig.notices()).isEqualTo(1);
    }
}
