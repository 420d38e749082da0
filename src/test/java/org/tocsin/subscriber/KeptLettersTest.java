package org.tocsin.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.tocsin.subscriber.SignUpRig.MAIN;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.base.BranchId;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.UserId;
import org.tocsin.newsletter.Bounce;
import org.tocsin.newsletter.BounceRepository;
import org.tocsin.newsletter.Newsletter;
import org.tocsin.newsletter.NewsletterSend;
import org.tocsin.sql.SqlBounces;
import org.tocsin.sql.SqlNewsletterSends;
import org.tocsin.sql.SqlNewsletters;
import org.tocsin.subscriber.Subscriber.Reach;

/** What is kept of the letters to a person is among his data, and so is an address that he gave and has not confirmed. */
class KeptLettersTest extends SignUpCase {
    private static final String ANA = "ana@example.org";

    private PersonData data(Subscriber one) {
        return rig.choices.data(MAIN, one.id()).orElseThrow();
    }

    private void newsletter(Subscriber to, NewsletterSend.State state) {
        store.write(Urgency.BULK, tx -> {
            new SqlNewsletters()
                    .insert(
                            tx,
                            new Newsletter(
                                    "n1",
                                    BranchId.MAIN,
                                    Newsletter.State.SENT,
                                    "fr",
                                    Map.of("fr", new Newsletter.Text("La piscine rouvre", "", "Bonjour")),
                                    Segment.ALL,
                                    null,
                                    "Europe/Paris",
                                    false,
                                    null,
                                    true,
                                    "",
                                    new UserId("lea"),
                                    clock.instant(),
                                    null,
                                    null,
                                    1));
            NewsletterSend row = new NewsletterSend(
                    "s1", "n1", to.id(), Reach.MAIL, state, 1, clock.instant(), null, null, clock.instant());
            new SqlNewsletterSends().add(tx, List.of(row));
            new SqlBounces(rig.stores.ids())
                    .add(
                            tx,
                            new BounceRepository.Of(MAIN, "n1", "s1", to.id(), Reach.MAIL),
                            Bounce.Kind.DELAYED,
                            "4.4.1",
                            Bounce.Done.NOTHING,
                            clock.instant());
            return true;
        });
    }

    @Test
    void his_letters_and_what_became_of_them_are_among_his_data() {
        Subscriber ana = rig.confirmed(ANA);
        clock.move(Duration.ofDays(2));
        newsletter(ana, NewsletterSend.State.SENT);

        List<KeptLetter> letters = data(ana).letters();

        assertThat(letters)
                .extracting(KeptLetter::about)
                .containsExactly(KeptLetter.About.CONFIRM, KeptLetter.About.NEWSLETTER);
        assertThat(letters.getLast())
                .returns("La piscine rouvre", KeptLetter::subject)
                .returns(KeptLetter.State.SENT, KeptLetter::state);
        assertThat(letters.getLast().back())
                .extracting(KeptLetter.Back::kind, KeptLetter.Back::status)
                .containsExactly(tuple(KeptLetter.Kind.DELAYED, "4.4.1"));
    }

    @Test
    void letters_of_an_earlier_membership_are_his_as_well() {
        Subscriber before = rig.confirmed(ANA);
        newsletter(before, NewsletterSend.State.SENT);
        rig.leaving.leave(MAIN, before.id(), Consent.Door.LETTER, "");
        clock.move(Duration.ofDays(40));
        Subscriber now = rig.confirmed(ANA);
        assertThat(data(now).letters()).extracting(KeptLetter::about).contains(KeptLetter.About.NEWSLETTER);
    }

    @Test
    void an_address_that_he_gave_is_his_datum_until_it_is_confirmed() {
        Subscriber ana = rig.confirmed(ANA);
        rig.choices.correct(MAIN, ana.id(), "ana@neuf.example", Consent.Door.LETTER);
        assertThat(data(ana).awaited()).isEqualTo("ana@neuf.example");
        rig.post();
        assertThat(data(ana).awaited()).as("once it was sent").isEqualTo("ana@neuf.example");
        rig.signUps.confirm(rig.token());
        assertThat(data(ana).awaited()).isNull();
    }

    @Test
    void every_state_and_kind_of_letter_can_be_told() {
        assertThat(names(KeptLetter.State.values()))
                .containsAll(names(NewsletterSend.State.values()))
                .containsAll(names(SignUpMail.State.values()));
        assertThat(names(KeptLetter.Kind.values())).isEqualTo(names(Bounce.Kind.values()));
        assertThat(names(KeptLetter.About.values())).containsAll(names(SignUpMail.Kind.values()));
    }

    private static List<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
