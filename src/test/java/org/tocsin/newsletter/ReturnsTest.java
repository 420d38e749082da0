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
import org.tocsin.letter.Returned;
import org.tocsin.network.TestClock;
import org.tocsin.sql.Opened;
import org.tocsin.sql.SqlBounces;
import org.tocsin.sql.SqlNewsletterSends;
import org.tocsin.sql.SqlNewsletters;
import org.tocsin.sql.SqlNotices;
import org.tocsin.sql.SqlStore;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber.Reach;

/** A letter that came back ends what it should, and a made-up one ends nothing. */
class ReturnsTest {
    private static final String SEND = "01930000-0000-7000-8000-000000000001";

    private final List<String> bounced = new ArrayList<>();
    private final List<String> complained = new ArrayList<>();
    private final List<Bounce> noted = new ArrayList<>();
    private final List<Notice> told = new ArrayList<>();

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
        LetterIds ids = new LetterIds(Opened.BOX::hash);
        TestClock clock = new TestClock(Instant.parse("2026-11-26T10:00:00Z"));
        SqlNotices notices = new SqlNotices(new Ids(clock), clock, new Wakeup(), false);
        SqlBounces bounces = new SqlBounces(new Ids(clock));
        SqlNewsletters newsletters = new SqlNewsletters();
        SqlNewsletterSends sends = new SqlNewsletterSends();
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
                            (whose, id, proof) -> bounced.add(id) && branches.add(whose.value()),
                            (whose, id, proof) -> complained.add(id) && branches.add(whose.value()),
                            notices,
                            clock)
                    .read();
            store.read(tx -> bounces.page(tx, branch, "n1", "", 10)).forEach(noted::add);
            List<Bounce> elsewhere = store.read(tx -> bounces.page(tx, new BranchId("sud"), null, "", 10));
            assertThat(elsewhere).isEmpty();
            store.write(Urgency.BULK, tx -> {
                bounces.forget(tx, "s1");
                return true;
            });
            List<Bounce> after = store.read(tx -> bounces.page(tx, branch, null, "", 10));
            assertThat(after).as("after an erasure").allMatch(bounce -> bounce.subscriberId() == null);
            store.read(tx -> notices.page(tx, branch, true, "", 10)).forEach(told::add);
        }
    }

    private static Returned of(Returned.Kind kind, String id) {
        return new Returned(id, kind, "5.1.1");
    }

    @Test
    void a_bounce_and_a_complaint_end_the_writing(@TempDir Path folder) {
        String ours = new LetterIds(Opened.BOX::hash).of(SEND);
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
    void what_came_back_is_of_the_branch_that_sent_it(@TempDir Path folder) {
        String ours = new LetterIds(Opened.BOX::hash).of(SEND);
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
        String ours = new LetterIds(Opened.BOX::hash).of(SEND);
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
}
