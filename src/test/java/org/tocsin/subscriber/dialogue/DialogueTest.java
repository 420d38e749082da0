package org.tocsin.subscriber.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.base.BranchId;
import org.tocsin.subscriber.ConsentText;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Topic;
import org.tocsin.subscriber.dialogue.Button.Act;
import org.tocsin.subscriber.dialogue.Heard.Command;
import org.tocsin.subscriber.dialogue.Heard.Press;
import org.tocsin.subscriber.dialogue.Heard.Something;
import org.tocsin.subscriber.dialogue.Heard.Words;
import org.tocsin.subscriber.dialogue.Talk.Step;

/** What is answered to what, step by step, without a network. */
class DialogueTest {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final SignUpSettings SETTINGS =
            new SignUpSettings("Les Amis", "amis@exemple.fr", "1 rue X", "les nouvelles", "the news", null, "", 1);
    private static final Topic TOWN = new Topic("t1", BranchId.MAIN, "Town", "Ville", NOW, null);
    private static final Topic SCHOOL = new Topic("t2", BranchId.MAIN, "School", "École", NOW, null);

    private static House house(Optional<Subscriber> subscriber, boolean mail, Topic... topics) {
        return new House(
                SETTINGS,
                List.of(topics),
                Map.of(
                        "fr", new ConsentText("cf", BranchId.MAIN, "fr", 3, "Je veux bien", NOW),
                        "en", new ConsentText("ce", BranchId.MAIN, "en", 2, "I agree", NOW)),
                mail,
                subscriber,
                "https://amis.example/newsletter/privacy?lang=fr");
    }

    private static House stranger(Topic... topics) {
        return house(Optional.empty(), true, topics);
    }

    private static House reader(Topic... topics) {
        return house(
                Optional.of(new Subscriber(
                        "s1",
                        BranchId.MAIN,
                        Subscriber.State.CONFIRMED,
                        Subscriber.Reach.TELEGRAM,
                        "fr",
                        Subscriber.Person.NOBODY,
                        Set.of("t1"),
                        null,
                        NOW,
                        NOW,
                        null,
                        NOW,
                        null,
                        1)),
                true,
                topics);
    }

    private static Talk at(Step step) {
        return Talk.begun("fr").at(step);
    }

    private static List<String> said(Turn turn) {
        return turn.replies().stream().map(reply -> reply.text().code()).toList();
    }

    private static List<Act> offered(Turn turn) {
        return turn.replies().stream()
                .flatMap(reply -> reply.buttons().stream())
                .flatMap(List::stream)
                .map(Button::act)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"fr, fr, cf", "fr-CA, fr, cf", "en-GB, en, ce", "de, en, ce", "'', en, ce"})
    void each_is_shown_the_whole_text_in_his_language_with_its_number(String code, String language, String text) {
        Turn turn = Dialogue.turn(Dialogue.begin(code), new Command("start", "tract-12"), stranger());
        assertThat(turn.talk().language()).isEqualTo(language);
        assertThat(turn.talk().link()).isEqualTo("tract-12");
        Reply reply = turn.replies().getFirst();
        assertThat(reply.quoted()).isEqualTo(language.equals("fr") ? "Je veux bien" : "I agree");
        assertThat(reply.text().args().get("version")).isEqualTo(language.equals("fr") ? "3" : "2");
        assertThat(reply.buttons().getFirst().getFirst().argument()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "../x", "<b>", "é", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void what_follows_start_and_is_no_code_of_ours_names_nothing(String payload) {
        assertThat(Dialogue.turn(Talk.begun("fr"), new Command("start", payload), stranger())
                        .talk()
                        .link())
                .isNull();
    }

    @Test
    void by_mail_an_address_is_asked_for_and_its_message_goes_before_anything_else() {
        Talk agreed = Dialogue.turn(at(Step.CONSENT), new Press(Act.AGREE, "cf"), stranger())
                .talk();
        assertThat(agreed.step()).isEqualTo(Step.WHERE);
        Turn asked = Dialogue.turn(agreed, new Press(Act.MAIL, ""), stranger());
        assertThat(said(asked)).containsExactly("bot.address");
        Turn given = Dialogue.turn(asked.talk(), new Words(" ana@exemple.fr "), stranger());
        assertThat(given.deeds())
                .containsExactly(new Deed.DeleteMessage(), new Deed.AskByMail("ana@exemple.fr", Set.of(), "cf"));
        assertThat(said(given)).containsExactly("bot.asked");
        assertThat(given.talk().step()).isEqualTo(Step.IDLE);
    }

    @ParameterizedTest
    @CsvSource({
        "ADDRESS, mon adresse est ana@exemple.fr, bot.address.invalid",
        "ADDRESS, ana@, bot.address.invalid",
        "IDLE, ana@exemple.fr, bot.hint",
        "CONSENT, ana@exemple.fr, bot.hint"
    })
    void what_may_hold_an_address_does_not_stay_in_the_chat(Step step, String words, String answer) {
        Turn turn = Dialogue.turn(at(step), new Words(words), stranger());
        assertThat(turn.deeds()).containsExactly(new Deed.DeleteMessage());
        assertThat(said(turn)).containsExactly(answer);
        assertThat(turn.talk().step()).isEqualTo(step);
    }

    @Test
    void other_words_stay_and_are_answered_politely() {
        assertThat(Dialogue.turn(at(Step.IDLE), new Words("Bonjour"), stranger())
                        .deeds())
                .isEmpty();
        assertThat(said(Dialogue.turn(at(Step.IDLE), new Something(), stranger())))
                .containsExactly("bot.hint");
        assertThat(said(Dialogue.turn(at(Step.ADDRESS), new Words("ana"), stranger())))
                .containsExactly("bot.address.invalid");
    }

    @Test
    void a_topic_that_is_offered_no_more_is_not_chosen_again_and_is_not_everything() {
        Turn shown = Dialogue.turn(at(Step.IDLE), new Command("topics", ""), reader(SCHOOL));
        assertThat(shown.talk().topics()).isEmpty();
        Turn data = Dialogue.turn(at(Step.IDLE), new Command("mydata", ""), reader(SCHOOL));
        assertThat(said(data).getFirst()).isEqualTo("bot.data.retired");
    }

    @Test
    void topics_are_ticked_changed_and_kept() {
        Turn shown = Dialogue.turn(at(Step.IDLE), new Command("topics", ""), reader(TOWN, SCHOOL));
        assertThat(shown.talk().topics()).containsExactly("t1");
        assertThat(offered(shown)).containsExactly(Act.TICK, Act.TICK, Act.TICKED);
        Turn other = Dialogue.turn(shown.talk(), new Press(Act.TICK, "t2"), reader(TOWN, SCHOOL));
        Turn unknown = Dialogue.turn(other.talk(), new Press(Act.TICK, "t9"), reader(TOWN, SCHOOL));
        assertThat(unknown.talk().topics()).containsExactlyInAnyOrder("t1", "t2");
        Turn without = Dialogue.turn(unknown.talk(), new Press(Act.TICK, "t1"), reader(TOWN, SCHOOL));
        Turn kept = Dialogue.turn(without.talk(), new Press(Act.TICKED, ""), reader(TOWN, SCHOOL));
        assertThat(kept.deeds()).containsExactly(new Deed.Choose(Set.of("t2"), "fr"));
        assertThat(said(Dialogue.turn(at(Step.IDLE), new Command("topics", ""), reader())))
                .containsExactly("bot.topics.none");
    }

    @Test
    void another_address_is_asked_for_and_confirmed_there() {
        Turn asked = Dialogue.turn(at(Step.IDLE), new Command("correct", ""), reader());
        assertThat(said(asked)).containsExactly("bot.correct");
        Turn given = Dialogue.turn(asked.talk(), new Words("neu@exemple.fr"), reader());
        assertThat(given.deeds()).containsExactly(new Deed.DeleteMessage(), new Deed.Correct("neu@exemple.fr"));
        House deaf = house(reader().subscriber(), false);
        assertThat(said(Dialogue.turn(at(Step.IDLE), new Command("correct", ""), deaf)))
                .containsExactly("bot.correct.none");
    }

    @Test
    void an_address_behind_a_command_is_taken_where_one_is_asked_for_and_stays_nowhere() {
        Turn given = Dialogue.turn(at(Step.IDLE), new Command("correct", "neu@exemple.fr"), reader());
        assertThat(given.deeds()).containsExactly(new Deed.DeleteMessage(), new Deed.Correct("neu@exemple.fr"));
        for (String command : List.of("correct", "start", "mail", "help")) {
            assertThat(Dialogue.turn(at(Step.IDLE), new Command(command, "ana@exemple.fr"), stranger())
                            .deeds())
                    .as(command)
                    .first()
                    .isEqualTo(new Deed.DeleteMessage());
        }
        assertThat(Dialogue.turn(at(Step.IDLE), new Command("start", "tract1"), stranger())
                        .deeds())
                .isEmpty();
    }

    @Test
    void privacy_help_and_data_are_told() {
        Turn privacy = Dialogue.turn(at(Step.IDLE), new Command("privacy", ""), stranger());
        assertThat(said(privacy)).containsExactly("bot.privacy.link");
        assertThat(privacy.replies().getFirst().text().args().get("contact")).isEqualTo("amis@exemple.fr");
        assertThat(said(Dialogue.turn(at(Step.IDLE), new Command("help", ""), stranger())))
                .containsExactly("bot.help");
        Turn data = Dialogue.turn(at(Step.IDLE), new Command("mydata", ""), reader(TOWN));
        assertThat(data.deeds()).containsExactly(new Deed.SendData());
        assertThat(data.replies().getFirst().text().args().get("topics")).isEqualTo("Ville");
    }

    @Test
    void leaving_is_one_step_and_erasing_is_asked_once() {
        assertThat(Dialogue.turn(at(Step.CHANGE), new Command("stop", ""), reader())
                        .deeds())
                .containsExactly(new Deed.Leave());
        Turn asked = Dialogue.turn(at(Step.IDLE), new Command("delete", ""), reader());
        assertThat(asked.deeds()).isEmpty();
        assertThat(Dialogue.turn(asked.talk(), new Press(Act.ERASE, ""), reader())
                        .deeds())
                .containsExactly(new Deed.Erase());
        assertThat(Dialogue.turn(at(Step.IDLE), new Press(Act.ERASE, ""), reader())
                        .deeds())
                .as("a button of an old message")
                .isEmpty();
    }

    @Test
    void data_is_restricted_and_used_again_and_letters_are_objected_to_in_one_step() {
        Turn restricted = Dialogue.turn(at(Step.IDLE), new Command("restrict", ""), reader());
        assertThat(restricted.deeds()).containsExactly(new Deed.Restrict());
        assertThat(offered(restricted)).containsExactly(Act.RELEASE);
        House quiet = house(reader().subscriber().map(DialogueTest::restricted), true);
        assertThat(Dialogue.turn(at(Step.IDLE), new Press(Act.RELEASE, ""), quiet)
                        .deeds())
                .containsExactly(new Deed.Release());
        assertThat(Dialogue.turn(at(Step.IDLE), new Command("restrict", ""), quiet)
                        .deeds())
                .as("twice")
                .isEmpty();
        assertThat(said(Dialogue.turn(at(Step.IDLE), new Command("release", ""), reader())))
                .containsExactly("bot.unrestricted");
        Turn objected = Dialogue.turn(at(Step.IDLE), new Command("object", ""), reader());
        assertThat(objected.deeds()).containsExactly(new Deed.Oppose());
        assertThat(said(objected)).containsExactly("bot.objected");
        assertThat(offered(Dialogue.turn(at(Step.IDLE), new Command("mydata", ""), reader())))
                .containsExactly(Act.RESTRICT, Act.OPPOSE);
        assertThat(offered(Dialogue.turn(at(Step.IDLE), new Command("mydata", ""), quiet)))
                .containsExactly(Act.RELEASE, Act.OPPOSE);
    }

    private static Subscriber restricted(Subscriber one) {
        return new Subscriber(
                one.id(),
                one.branch(),
                Subscriber.State.RESTRICTED,
                one.reach(),
                one.language(),
                one.person(),
                one.topics(),
                one.link(),
                one.createdAt(),
                one.confirmedAt(),
                null,
                one.seenAt(),
                null,
                one.version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "topics", "mydata", "correct", "delete", "restrict", "release", "object"})
    void whoever_is_not_there_is_told_so(String command) {
        Turn turn = Dialogue.turn(at(Step.IDLE), new Command(command, ""), stranger());
        assertThat(said(turn)).containsExactly("bot.nobody");
        assertThat(turn.deeds()).isEmpty();
    }

    @Test
    void somebody_silent_for_long_stays_by_one_button_or_leaves_by_the_other() {
        Reply question = Dialogue.still();
        assertThat(question.buttons().getFirst()).extracting(Button::act).containsExactly(Act.STILL, Act.LEAVE);
        assertThat(Dialogue.turn(at(Step.IDLE), new Press(Act.STILL, ""), reader())
                        .deeds())
                .containsExactly(new Deed.Renew());
        assertThat(Dialogue.turn(at(Step.IDLE), new Press(Act.LEAVE, ""), reader())
                        .deeds())
                .containsExactly(new Deed.Leave());
    }

    @Test
    void nobody_agrees_to_a_text_that_is_not_the_one_of_today() {
        Turn old = Dialogue.turn(at(Step.CONSENT), new Press(Act.AGREE, "older"), stranger());
        assertThat(old.deeds()).isEmpty();
        assertThat(said(old)).containsExactly("bot.consent");
        Turn early = Dialogue.turn(at(Step.IDLE), new Press(Act.HERE, ""), stranger());
        assertThat(early.deeds()).isEmpty();
    }
}
