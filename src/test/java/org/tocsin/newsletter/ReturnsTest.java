package org.tocsin.newsletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alert.Notice;
import org.tocsin.base.BranchId;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.UserId;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Notices;
import org.tocsin.letter.LetterIds;
import org.tocsin.letter.Returned;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlBounces;
import org.tocsin.sql.SqlNewsletterSends;
import org.tocsin.sql.SqlNewsletters;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlSignUpMails;
import org.tocsin.sql.SqlStore;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.SignUpMail;
import org.tocsin.subscriber.Subscriber.Reach;

/** A letter that came back ends what it should, and a made-up one ends nothing. */
class ReturnsTest {
    private static final String SEND = "01930000-0000-7000-8000-000000000001";

    private final List<String> bounced = new ArrayList<>();
    private final List<String> complained = new ArrayList<>();
    private final List<Bounce> noted = new ArrayList<>();
    private final List<Notice> told = new ArrayList<>();
    private final List<SignUpMail.Kind> failed = new ArrayList<>();
    /** Whose bounces are read; null for all. */
    private String newsletter = "n1";

    /** Who gave another address since. */
    private final List<String> moved = new ArrayList<>();

    private final List<String> branches = new ArrayList<>();

    private void come(Path folder, Returned... returned) {
        come(folder, BranchId.MAIN, returned);
    }

    private static Newsletter newsletter(BranchId branch) {
        return new Newsletter(
                "n1",
                branch,
                Newsletter.State.SENT,
                "fr",
                Map.of(),
                Segment.ALL,
                null,
                "Europe/Paris",
                false,
                null,
                true,
                "",
                new UserId("u1"),
                Instant.EPOCH,
                null,
                null,
                1);
    }

    private void come(Path folder, BranchId branch, Returned... returned) {
        LetterIds ids = LetterIds.ofNewsletters(Opened.BOX::hash);
        TestClock clock = new TestClock(Instant.parse("2026-11-26T10:00:00Z"));
        SqlNotices notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);
        SqlBounces bounces = new SqlBounces(new Ids(clock));
        SqlNewsletters newsletters = new SqlNewsletters();
        SqlNewsletterSends sends = new SqlNewsletterSends();
        SqlSignUpMails mails = new SqlSignUpMails(Opened.BOX);
        try (SqlStore store = Opened.at(folder)) {
            store.write(Urgency.BULK, tx -> {
                newsletters.insert(tx, newsletter(branch));
                sends.add(
                        tx,
                        List.of(new NewsletterSend(
                                SEND,
                                "n1",
                                "s1",
                                Reach.MAIL,
                                NewsletterSend.State.SENT,
                                1,
                                null,
                                null,
                                null,
                                Instant.EPOCH)));
                for (SignUpMail.Kind kind : SignUpMail.Kind.values()) {
                    mails.insert(tx, mail(kind, clock.instant()));
                }
                return true;
            });
            new Returns(
                            store,
                            sends,
                            newsletters,
                            bounces,
                            ids,
                            taker -> {
                                List.of(returned).forEach(taker);
                                return returned.length;
                            },
                            going(bounced),
                            going(complained),
                            new SignUpReturns(
                                    store,
                                    mails,
                                    bounces,
                                    LetterIds.ofSignUps(Opened.BOX::hash),
                                    going(bounced),
                                    going(complained),
                                    clock),
                            notices,
                            clock)
                    .read();
            store.read(tx -> bounces.page(tx, branch, newsletter, "", 10)).forEach(noted::add);
            for (SignUpMail.Kind kind : SignUpMail.Kind.values()) {
                store.read(tx -> mails.find(tx, id(kind)))
                        .filter(mail -> mail.state() == SignUpMail.State.FAILED)
                        .ifPresent(mail -> failed.add(kind));
            }
            List<Bounce> elsewhere = store.read(tx -> bounces.page(tx, new BranchId("sud"), null, "", 10));
            assertThat(elsewhere).isEmpty();
            store.write(Urgency.BULK, tx -> {
                noted.forEach(one -> bounces.forget(tx, String.valueOf(one.subscriberId())));
                return true;
            });
            List<Bounce> after = store.read(tx -> bounces.page(tx, branch, null, "", 10));
            assertThat(after).as("after an erasure").allMatch(bounce -> bounce.subscriberId() == null);
            store.read(tx -> notices.page(tx, branch, true, "", 10)).forEach(told::add);
        }
    }

    private Departures going(List<String> gone) {
        return new Departures() {
            @Override
            public boolean bounced(BranchId whose, String id, Instant written, String proof) {
                return !moved.contains(id) && gone.add(id) && branches.add(whose.value());
            }

            @Override
            public boolean moved(BranchId whose, String id, Instant written) {
                return moved.contains(id);
            }
        };
    }

    private static String id(SignUpMail.Kind kind) {
        return "01930000-0000-7000-8000-00000000010"
                + switch (kind) {
                    case CONFIRM -> 1;
                    case ALREADY -> 2;
                    case CORRECT -> 3;
                    case DATA -> 4;
                    case STILL -> 5;
                };
    }

    private static String letter(SignUpMail.Kind kind) {
        return LetterIds.ofSignUps(Opened.BOX::hash).of(id(kind));
    }

    private static SignUpMail mail(SignUpMail.Kind kind, Instant now) {
        return new SignUpMail(
                id(kind),
                BranchId.MAIN,
                "s-" + kind,
                kind,
                "fr",
                null,
                SignUpMail.Contents.NONE,
                SignUpMail.State.SENT,
                1,
                null,
                now.plusSeconds(1_000),
                null,
                now);
    }

    private static Returned of(Returned.Kind kind, String id) {
        return new Returned(id, kind, "5.1.1");
    }

    @Test
    void a_bounce_and_a_complaint_end_the_writing(@TempDir Path folder) {
        String ours = LetterIds.ofNewsletters(Opened.BOX::hash).of(SEND);
        come(
                folder,
                of(Returned.Kind.BOUNCED, ours),
                of(Returned.Kind.COMPLAINED, ours),
                of(Returned.Kind.DELAYED, ours));
        assertThat(bounced).containsExactly("s1");
        assertThat(complained).containsExactly("s1");
        assertThat(noted)
                .extracting(one -> one.kind() + " " + one.done() + " " + one.subscriberId() + " " + one.status())
                .containsExactly("DELAYED NOTHING s1 5.1.1", "COMPLAINED STRUCK s1 5.1.1", "BOUNCED STRUCK s1 5.1.1");
    }

    @Test
    void what_comes_back_from_an_address_that_was_given_up_is_noted_alone(@TempDir Path folder) {
        newsletter = null;
        moved.addAll(List.of("s1", "s-STILL"));
        String ours = LetterIds.ofNewsletters(Opened.BOX::hash).of(SEND);
        come(
                folder,
                of(Returned.Kind.BOUNCED, ours),
                of(Returned.Kind.COMPLAINED, ours),
                of(Returned.Kind.BOUNCED, letter(SignUpMail.Kind.STILL)));
        assertThat(bounced).isEmpty();
        assertThat(complained).isEmpty();
        assertThat(noted).hasSize(3).allMatch(one -> one.done() == Bounce.Done.NOTHING);
    }

    @Test
    void what_came_back_is_of_the_branch_that_sent_it(@TempDir Path folder) {
        String ours = LetterIds.ofNewsletters(Opened.BOX::hash).of(SEND);
        come(
                folder,
                new BranchId("nord"),
                of(Returned.Kind.BOUNCED, ours),
                of(Returned.Kind.COMPLAINED, ours),
                of(Returned.Kind.REFUSED, ours));
        assertThat(branches).containsExactly("nord", "nord");
        assertThat(noted).hasSize(3).allMatch(one -> one.branch().equals(new BranchId("nord")));
        assertThat(told).hasSize(1);
    }

    @Test
    void a_letter_that_was_refused_for_what_it_is_costs_no_reader_and_is_told_once(@TempDir Path folder) {
        String ours = LetterIds.ofNewsletters(Opened.BOX::hash).of(SEND);
        come(
                folder,
                new Returned(ours, Returned.Kind.REFUSED, "5.7.1"),
                new Returned(ours, Returned.Kind.REFUSED, "5.7.1"));
        assertThat(bounced).isEmpty();
        assertThat(noted)
                .singleElement()
                .satisfies(one -> assertThat(one.done()).isEqualTo(Bounce.Done.NOTHING));
        assertThat(told).singleElement().satisfies(notice -> {
            assertThat(notice.kind()).isEqualTo(Notices.Kind.NEWSLETTER);
            assertThat(notice.subject()).isEqualTo("n1");
            assertThat(notice.message()).isEqualTo(Message.of("newsletter.returned", "status", "5.7.1"));
        });
    }

    /** B87 of the hostile inputs. */
    @Test
    void nobody_is_struck_off_by_a_report_that_was_made_up(@TempDir Path folder) {
        come(
                folder,
                of(Returned.Kind.BOUNCED, "n." + SEND + ".00000000000000000000000000000000"),
                of(Returned.Kind.COMPLAINED, SEND),
                of(Returned.Kind.COMPLAINED, "x"));
        assertThat(bounced).isEmpty();
        assertThat(complained).isEmpty();
        assertThat(noted).isEmpty();
    }

    @Test
    void a_mail_about_a_sign_up_that_came_back_is_noted_and_only_a_confirmed_address_is_struck_off(
            @TempDir Path folder) {
        newsletter = null;
        come(
                folder,
                of(Returned.Kind.DELAYED, letter(SignUpMail.Kind.ALREADY)),
                of(Returned.Kind.BOUNCED, letter(SignUpMail.Kind.CONFIRM)),
                of(Returned.Kind.BOUNCED, letter(SignUpMail.Kind.CORRECT)),
                of(Returned.Kind.BOUNCED, letter(SignUpMail.Kind.DATA)),
                of(Returned.Kind.BOUNCED, letter(SignUpMail.Kind.STILL)),
                of(Returned.Kind.COMPLAINED, letter(SignUpMail.Kind.CONFIRM)),
                of(Returned.Kind.COMPLAINED, letter(SignUpMail.Kind.CORRECT)));
        assertThat(bounced).containsExactly("s-DATA", "s-STILL");
        assertThat(complained).containsExactly("s-CONFIRM");
        assertThat(failed)
                .containsExactlyInAnyOrder(
                        SignUpMail.Kind.CONFIRM, SignUpMail.Kind.CORRECT, SignUpMail.Kind.DATA, SignUpMail.Kind.STILL);
        assertThat(noted.reversed())
                .allSatisfy(one -> assertThat(one.newsletterId()).isNull())
                .extracting(one -> one.kind() + " " + one.done() + " " + one.subscriberId())
                .containsExactly(
                        "DELAYED NOTHING s-ALREADY",
                        "BOUNCED NOTHING s-CONFIRM",
                        "BOUNCED NOTHING s-CORRECT",
                        "BOUNCED STRUCK s-DATA",
                        "BOUNCED STRUCK s-STILL",
                        "COMPLAINED STRUCK s-CONFIRM",
                        "COMPLAINED NOTHING s-CORRECT");
    }

    @Test
    void a_made_up_report_of_a_mail_about_a_sign_up_ends_nothing(@TempDir Path folder) {
        newsletter = null;
        String id = id(SignUpMail.Kind.STILL);
        come(
                folder,
                of(Returned.Kind.BOUNCED, "s." + id + ".00000000000000000000000000000000"),
                of(
                        Returned.Kind.BOUNCED,
                        LetterIds.ofNewsletters(Opened.BOX::hash).of(id)),
                of(Returned.Kind.BOUNCED, LetterIds.ofSignUps(Opened.BOX::hash).of(SEND)));
        assertThat(bounced).isEmpty();
        assertThat(noted).isEmpty();
    }
}
