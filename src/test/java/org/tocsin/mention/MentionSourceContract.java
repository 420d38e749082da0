package org.tocsin.mention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.Ticker;
import org.tocsin.http.AddressGuard;
import org.tocsin.http.OutboundHttp;
import org.tocsin.network.Behaviour;
import org.tocsin.network.Channel;
import org.tocsin.network.TestClock;

/** What every adapter that hears a network keeps, with the listener and a real store around it. */
public abstract class MentionSourceContract {
    protected static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

    protected TestClock clock;
    protected HeardServer server;
    protected OutboundHttp http;
    protected HearingRig rig;
    protected Channel channel;

    protected abstract HeardServer serve(TestClock time) throws IOException;

    protected abstract MentionSource open(OutboundHttp client, TestClock time);

    /** A channel that works against the server. */
    protected abstract Channel channel(HeardServer of);

    /** What is listened for; null where nothing is asked. */
    protected abstract String query();

    /** Successes that cannot be read, in the network's own form, beside pages and halves. */
    protected List<String> garbage() {
        return List.of("", "null", "7", "\"x\"", "{}", "{\"error\":\"x\"}", "[[[[", "{\"data\":7}");
    }

    /** Whether more than one page is heard in the order in which it was said. */
    protected boolean inOrder() {
        return true;
    }

    /** Whether what is edited is told when it is read again. */
    protected boolean tellsEdits() {
        return true;
    }

    @BeforeEach
    void openKit(@TempDir Path folder) throws IOException {
        clock = new TestClock(START);
        server = serve(clock);
        http = new OutboundHttp(new AddressGuard(Set.of(server.peer())), "Tocsin/test", null, Ticker.system());
        MentionSource reader = open(http, clock);
        rig = new HearingRig(folder, clock, reader);
        channel = channel(server);
        rig.ceiling = ceiling();
        rig.listen(channel, reader.type(), query());
    }

    @AfterEach
    void closeKit() throws IOException {
        rig.close();
        http.close();
        server.close();
    }

    /** Millionths of a US dollar that a month may cost; null where reading is free. */
    protected @Nullable Long ceiling() {
        return null;
    }

    /** So many people say something, a second apart. */
    protected final void say(int count) {
        for (int i = 0; i < count; i++) {
            clock.move(Duration.ofSeconds(1));
            server.say("dit " + i);
        }
    }

    @Test
    void what_was_said_before_is_history_and_what_comes_after_is_not() {
        server.say("avant");
        assertThat(rig.read().lastSuccessAt()).isEqualTo(clock.instant());
        server.say("après");
        rig.read();
        assertThat(rig.texts()).containsExactly("avant", "après");
        assertThat(rig.heard()).extracting(Mention::history).containsExactly(true, false);
    }

    @Test
    void where_nothing_was_said_before_the_first_that_is_said_is_news() {
        rig.read();
        server.say("un");
        rig.read();
        assertThat(rig.heard()).extracting(Mention::history).containsExactly(false);
    }

    @Test
    void the_same_thing_twice_is_there_once() {
        server.say("un");
        for (int i = 0; i < 4; i++) {
            assertThat(rig.read().attempts()).isZero();
        }
        assertThat(rig.heard()).hasSize(1);
        assertThat(rig.heard().getFirst().revision()).isEqualTo(1);
    }

    @Test
    void after_a_restart_it_goes_on_from_where_it_was() {
        server.say("un");
        rig.read();
        server.say("deux");
        rig.restart();
        rig.read();
        server.say("trois");
        rig.read();
        assertThat(rig.texts()).containsExactly("un", "deux", "trois");
        assertThat(rig.gaps()).isEmpty();
    }

    @Test
    void what_was_read_and_not_committed_is_read_again() {
        server.say("un");
        rig.read();
        server.say("deux");
        rig.readAndDie();
        assertThat(rig.texts()).containsExactly("un");
        rig.read();
        assertThat(rig.texts()).containsExactly("un", "deux");
        assertThat(rig.heard().getLast().history()).isFalse();
    }

    @Test
    void more_than_a_page_is_heard_whole() {
        server.say("un");
        rig.read();
        say(150);
        rig.read();
        rig.read();
        List<String> expected = new ArrayList<>(List.of("un"));
        for (int i = 0; i < 150; i++) {
            expected.add("dit " + i);
        }
        if (inOrder()) {
            assertThat(rig.texts()).containsExactlyElementsOf(expected);
        } else {
            assertThat(rig.texts()).containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(rig.gaps()).isEmpty();
    }

    @Test
    void a_flood_is_read_in_bounded_pieces_and_what_is_left_out_is_told() {
        server.say("un");
        rig.read();
        say(2_500);
        int before = server.requests().size();
        rig.read();
        assertThat(server.requests().size() - before).isLessThanOrEqualTo(30);
        for (int i = 0; i < 26; i++) {
            rig.read();
        }
        assertThat(rig.texts()).doesNotHaveDuplicates();
        boolean whole = rig.texts().size() == 2_501;
        assertThat(whole || !rig.gaps().isEmpty()).isTrue();
    }

    @Test
    void an_edit_is_told() {
        org.junit.jupiter.api.Assumptions.assumeTrue(tellsEdits(), "the network does not tell of edits");
        // Of what was there before anybody listened an edit that nobody read before is no revision.
        rig.read();
        long number = server.say("un");
        rig.read();
        server.edit(number, "un, corrigé");
        rig.read();
        assertThat(rig.texts()).containsExactly("un, corrigé");
        assertThat(rig.heard().getFirst().revision()).isEqualTo(2);
    }

    @Test
    void what_comes_to_light_because_others_are_taken_back_is_no_news() {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            clock.move(Duration.ofMinutes(1));
            numbers.add(server.say("dit " + i));
        }
        rig.read();
        int before = rig.heard().size();
        numbers.reversed().stream().limit(60).forEach(server::takeBack);
        rig.read();
        assertThat(rig.heard()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void what_a_person_has_to_repair_holds_it_until_that_is_done(int status) {
        server.say("un");
        rig.read();
        server.say("deux");
        server.nextReads(Behaviour.answer(status, refusal(status)));
        Source held = rig.read();
        assertThat(held.state()).isEqualTo(SourceState.HELD);
        assertThat(held.reason()).isNotNull();
        assertThat(rig.notices()).isEqualTo(1);
        channel.secrets().values().forEach(secret -> assertThat(held.toString()).doesNotContain(secret.reveal()));
        Source again = rig.read();
        assertThat(again.state()).isEqualTo(SourceState.LISTENING);
        assertThat(again.reason()).isNull();
        assertThat(rig.notices()).isZero();
        assertThat(rig.texts()).containsExactly("un", "deux");
    }

    /** A refusal with that status, in the network's own form. */
    protected String refusal(int status) {
        return "{\"error\":\"refused\"}";
    }

    @Test
    void it_waits_as_long_as_it_is_told_to() {
        server.say("un");
        rig.read();
        server.nextReads(Behaviour.answer(429, refusal(429)).with("Retry-After", "7200"));
        Source waiting = rig.read();
        assertThat(waiting.nextAt()).isAfterOrEqualTo(clock.instant().plusSeconds(7_200));
        assertThat(waiting.state()).isEqualTo(SourceState.LISTENING);
    }

    static Stream<Behaviour> failures() {
        return Stream.of(
                Behaviour.answer(500, "{}"),
                Behaviour.html(503),
                Behaviour.html(200),
                Behaviour.answer(200, " ".repeat(40_000_000)),
                new Behaviour.Half(true),
                Behaviour.drop());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_loses_nothing(Behaviour failure) {
        lose(failure);
    }

    @Test
    void an_answer_that_cannot_be_read_loses_nothing() {
        garbage().forEach(body -> lose(Behaviour.answer(200, body)));
    }

    private void lose(Behaviour failure) {
        server.say("un");
        rig.read();
        int before = rig.heard().size();
        server.say("deux");
        server.nextReads(failure, failure);
        Source failed = rig.read();
        assertThat(failed.attempts()).as(failure.getClass().getSimpleName()).isPositive();
        assertThat(failed.reason()).isNotNull();
        assertThat(rig.heard()).hasSize(before);
        while (rig.source().attempts() > 0) {
            rig.read();
        }
        assertThat(rig.heard()).hasSize(before + 1);
    }

    @Test
    void hostile_texts_come_out_as_words() {
        server.say("<script>alert(1)</script>\u0000\u202eabc\u0007 & < > \" '");
        server.say("é".repeat(300_000));
        server.say("\ud800 seul");
        rig.read();
        assertThat(rig.heard()).isNotEmpty();
        assertThat(rig.heard()).allSatisfy(one -> {
            assertThat(one.heard().text())
                    .doesNotContain("\u0000", "\u0007")
                    .hasSizeLessThanOrEqualTo(HeardItem.MAX_TEXT);
            assertThat(one.heard().nativeId()).hasSizeLessThanOrEqualTo(500);
        });
    }
}
