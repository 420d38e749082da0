package org.tocsin.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.base.BranchId;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryAttempt;
import org.tocsin.delivery.DeliveryEvent;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliverySegment.Content;
import org.tocsin.delivery.DeliverySegment.Frozen;
import org.tocsin.delivery.DeliverySegment.Upload;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Ledger;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.SegmentState;
import org.tocsin.network.DeliveryKey;
import org.tocsin.network.LinkCard;
import org.tocsin.network.Receipt;
import org.tocsin.network.RemoteRef;
import org.tocsin.post.MediaRef;

/** What every store of deliveries keeps. */
abstract class DeliveryRepositoryContract {
    static final Instant NOW = Instant.parse("2026-12-01T10:00:00.123456Z");

    private UnitOfWork store;
    private DeliveryRepository deliveries;
    private int number;

    /** @return an empty store in that folder, and its repository */
    abstract Bound bind(Path folder);

    record Bound(UnitOfWork store, DeliveryRepository deliveries, AutoCloseable close) {}

    private AutoCloseable close;

    @BeforeEach
    void open(@TempDir Path folder) {
        Bound bound = bind(folder);
        store = bound.store();
        deliveries = bound.deliveries();
        close = bound.close();
    }

    @AfterEach
    void shut() throws Exception {
        close.close();
    }

    private <R> R write(Function<Tx, R> work) {
        return store.write(Urgency.REQUEST, work);
    }

    private <R> R read(Function<Tx, R> work) {
        return store.read(work);
    }

    private <T> List<T> rows(Function<Tx, List<T>> work) {
        return store.read(work);
    }

    private <T> Optional<T> maybe(Function<Tx, Optional<T>> work) {
        return store.read(work);
    }

    private boolean yes(Function<Tx, Boolean> work) {
        return store.read(work);
    }

    private Delivery row(String channel, DeliveryState state, Instant dueAt) {
        String id = "d" + (100 + number++);
        return new Delivery(
                id,
                "post",
                BranchId.MAIN,
                channel,
                "reference",
                write(deliveries::nextSequence),
                state,
                NOW,
                Message.of("delivery.internal", "why", "é \u202f ☃"),
                NextAction.SEND,
                null,
                1,
                dueAt,
                dueAt.plusSeconds(1),
                2,
                NOW.minusSeconds(5),
                "pending",
                "because");
    }

    private static DeliverySegment segment(String deliveryId, int index, String text) {
        return new DeliverySegment(
                deliveryId,
                index,
                new Content(
                        text,
                        List.of(new MediaRef("m1", "alt « é »")),
                        "fr",
                        "warning",
                        "unlisted",
                        new LinkCard("https://a.example", "title", "", null),
                        new RemoteRef("r", "https://b.example", Map.of("cid", "c"))),
                new DeliveryKey("key-" + deliveryId + "-" + index),
                SegmentState.PENDING,
                List.of(),
                null,
                null);
    }

    private Delivery insert(Delivery delivery, String... texts) {
        write(tx -> {
            List<DeliverySegment> segments = new ArrayList<>();
            for (String text : texts) {
                segments.add(segment(delivery.id(), segments.size(), text));
            }
            deliveries.insert(tx, delivery, segments);
            return delivery;
        });
        return delivery;
    }

    private Delivery insert(String channel, DeliveryState state, Instant dueAt) {
        return insert(row(channel, state, dueAt), "text");
    }

    @Test
    void what_is_coming_up_is_the_soonest_of_a_long_plan() {
        for (int i = 0; i < 30; i++) {
            // In no order of time, forwards or backwards.
            insert("one", DeliveryState.SCHEDULED, NOW.plus(Duration.ofDays(1 + i * 7 % 30)));
        }
        insert("one", DeliveryState.PUBLISHED, NOW);
        insert(row("one", DeliveryState.SCHEDULED, NOW).then(NextAction.PERSON, null), "waits for somebody");
        Delivery retried = insert(
                row("one", DeliveryState.WAITING, NOW).then(NextAction.SEND, NOW.plusSeconds(90)), "tried again");
        List<Delivery> coming = rows(tx -> deliveries.coming(tx, BranchId.MAIN, 3));
        assertThat(coming.getFirst()).isEqualTo(retried);
        assertThat(coming)
                .extracting(Delivery::dueAt)
                .containsExactly(NOW, NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2)));
        assertThat(rows(tx -> deliveries.coming(tx, BranchId.MAIN, 100))).hasSize(31);
        assertThat(rows(tx -> deliveries.coming(tx, new BranchId("other"), 100)))
                .isEmpty();
    }

    @Test
    void a_row_comes_back_as_it_went_in() {
        Delivery delivery = insert(row("one", DeliveryState.WAITING, NOW), "first", "second");
        assertThat(maybe(tx -> deliveries.find(tx, delivery.id()))).contains(delivery);
        assertThat(rows(tx -> deliveries.segments(tx, delivery.id())))
                .containsExactly(segment(delivery.id(), 0, "first"), segment(delivery.id(), 1, "second"));
        assertThat(rows(tx -> deliveries.ofPost(tx, "post"))).containsExactly(delivery);
        assertThat(maybe(tx -> deliveries.find(tx, "nowhere"))).isEmpty();
    }

    @Test
    void a_stale_version_changes_nothing() {
        Delivery delivery = insert("one", DeliveryState.DUE, NOW);
        Delivery claimed = delivery.on(DeliveryEvent.CLAIM, NOW, null);
        assertThat((boolean) write(tx -> deliveries.save(tx, claimed, delivery.version())))
                .isTrue();
        Delivery late = delivery.on(DeliveryEvent.CANCEL, NOW, null);
        assertThat((boolean) write(tx -> deliveries.save(tx, late, delivery.version())))
                .isFalse();
        assertThat(maybe(tx -> deliveries.find(tx, delivery.id()))).contains(claimed);
    }

    @Test
    void sequence_numbers_grow() {
        long first = write(deliveries::nextSequence);
        long second = write(deliveries::nextSequence);
        assertThat(second).isGreaterThan(first);
    }

    @Test
    void the_head_of_a_line_is_the_earliest_due_and_then_the_first_accepted() {
        insert("one", DeliveryState.DUE, NOW.plusSeconds(1));
        Delivery head = insert("one", DeliveryState.DUE, NOW);
        insert("one", DeliveryState.DUE, NOW);
        Delivery other = insert("two", DeliveryState.DUE, NOW);
        assertThat(rows(tx -> deliveries.heads(tx, Set.of()))).containsExactlyInAnyOrder(head, other);
        assertThat(rows(tx -> deliveries.heads(tx, Set.of("one")))).containsExactly(other);
    }

    @Test
    void what_is_under_way_or_waits_holds_back_the_line_and_nothing_else_does() {
        for (DeliveryState state : DeliveryState.values()) {
            String channel = state.name();
            Delivery first = insert(channel, state, NOW);
            Delivery second = insert(channel, DeliveryState.DUE, NOW.plusSeconds(1));
            boolean inLine = EnumSet.of(
                            DeliveryState.DUE, DeliveryState.PREPARING, DeliveryState.SENDING, DeliveryState.WAITING)
                    .contains(state);
            assertThat(rows(tx -> deliveries.heads(tx, Set.of())))
                    .filteredOn(head -> head.channelId().equals(channel))
                    .containsExactly(inLine ? first : second);
        }
    }

    @Test
    void timed_rows_come_when_their_time_has_come_earliest_first() {
        Delivery later = insert(row("one", DeliveryState.SCHEDULED, NOW).then(NextAction.SEND, NOW), "a");
        Delivery earlier =
                insert(row("one", DeliveryState.SCHEDULED, NOW).then(NextAction.SEND, NOW.minusSeconds(1)), "b");
        insert(row("one", DeliveryState.SCHEDULED, NOW).then(NextAction.SEND, NOW.plusNanos(1000)), "c");
        insert(row("one", DeliveryState.UNKNOWN, NOW).then(NextAction.PROBE, NOW), "d");
        insert(row("one", DeliveryState.SCHEDULED, NOW).then(NextAction.PERSON, null), "e");
        assertThat(rows(tx -> deliveries.timed(tx, DeliveryState.SCHEDULED, NOW, 9)))
                .containsExactly(earlier, later);
        assertThat(rows(tx -> deliveries.timed(tx, DeliveryState.SCHEDULED, NOW, 1)))
                .containsExactly(earlier);
        assertThat(maybe(deliveries::nextAt)).contains(NOW.minusSeconds(1));
    }

    @Test
    void nothing_is_next_where_nothing_is_timed() {
        assertThat(maybe(deliveries::nextAt)).isEmpty();
        insert(row("one", DeliveryState.HELD, NOW).then(NextAction.PERSON, null), "text");
        assertThat(maybe(deliveries::nextAt)).isEmpty();
    }

    @Test
    void pages_are_newest_first_without_gap_or_repeat() {
        for (int i = 0; i < 5; i++) {
            insert("one", i % 2 == 0 ? DeliveryState.HELD : DeliveryState.DUE, NOW);
        }
        assertThat(rows(tx -> deliveries.page(tx, BranchId.MAIN, Set.of(), "", 2)))
                .extracting(Delivery::id)
                .containsExactly("d104", "d103");
        assertThat(rows(tx -> deliveries.page(tx, BranchId.MAIN, Set.of(), "d103", 9)))
                .extracting(Delivery::id)
                .containsExactly("d102", "d101", "d100");
        assertThat(rows(tx -> deliveries.page(tx, BranchId.MAIN, Set.of(DeliveryState.DUE), "", 9)))
                .extracting(Delivery::id)
                .containsExactly("d103", "d101");
        assertThat(rows(tx -> deliveries.page(tx, new BranchId("other"), Set.of(), "", 9)))
                .isEmpty();
    }

    @Test
    void a_remote_id_belongs_to_one_delivery_of_a_channel() {
        Delivery first = insert("one", DeliveryState.SENDING, NOW);
        Delivery second = insert("one", DeliveryState.SENDING, NOW);
        Delivery elsewhere = insert("two", DeliveryState.SENDING, NOW);
        Receipt receipt = new Receipt("r1", null, NOW, Map.of("cid", "c"));
        DeliverySegment published = segment(first.id(), 0, "text").published(receipt);
        write(tx -> {
            deliveries.saveSegment(tx, published);
            deliveries.saveSegment(tx, segment(elsewhere.id(), 0, "text").published(receipt));
            return first;
        });
        assertThat(rows(tx -> deliveries.segments(tx, first.id()))).containsExactly(published);
        assertThat(yes(tx -> deliveries.taken(tx, "one", "r1", second.id(), 0))).isTrue();
        assertThat(yes(tx -> deliveries.taken(tx, "one", "r1", first.id(), 0))).isFalse();
        assertThat(yes(tx -> deliveries.taken(tx, "one", "r1", first.id(), 1))).isTrue();
        assertThat(yes(tx -> deliveries.taken(tx, "one", "r2", second.id(), 0))).isFalse();
        assertThatThrownBy(() -> write(tx -> {
                    deliveries.saveSegment(tx, segment(second.id(), 0, "text").published(receipt));
                    return second;
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(rows(tx -> deliveries.segments(tx, second.id())).getFirst().receipt())
                .isNull();
    }

    @Test
    void a_request_is_kept_to_the_byte_and_uploads_are_written_alone() {
        Delivery delivery = insert("one", DeliveryState.SENDING, NOW);
        Frozen frozen = new Frozen("body \u0001 « é » \uD83D\uDE00\n", "text", "0".repeat(64), "p", NOW, NOW);
        DeliverySegment sending =
                segment(delivery.id(), 0, "text").frozen(frozen).in(SegmentState.SENDING);
        List<Upload> uploads = List.of(new Upload("h1", true, 7), new Upload("h2", false, 8));
        write(tx -> {
            deliveries.saveSegment(tx, sending);
            deliveries.saveUploads(tx, segment(delivery.id(), 0, "other").uploaded(uploads));
            return delivery;
        });
        assertThat(rows(tx -> deliveries.segments(tx, delivery.id()))).containsExactly(sending.uploaded(uploads));
        write(tx -> {
            deliveries.saveSegment(tx, sending.frozen(null).uploaded(List.of()));
            return delivery;
        });
        assertThat(rows(tx -> deliveries.segments(tx, delivery.id())).getFirst().frozen())
                .isNull();
    }

    @Test
    void segments_are_replaced_as_a_whole() {
        Delivery delivery = insert(row("one", DeliveryState.SCHEDULED, NOW), "one", "two");
        write(tx -> {
            deliveries.replaceSegments(tx, delivery.id(), List.of(segment(delivery.id(), 0, "new")));
            return delivery;
        });
        assertThat(rows(tx -> deliveries.segments(tx, delivery.id())))
                .containsExactly(segment(delivery.id(), 0, "new"));
        assertThat(yes(tx -> deliveries.equalText(tx, "one", "new", NOW.minusSeconds(1), NOW.plusSeconds(1))))
                .isTrue();
    }

    @Test
    void attempts_are_kept_in_order_and_sends_are_counted_newest_first() {
        Delivery delivery = insert("one", DeliveryState.SENDING, NOW);
        DeliveryAttempt running = attempt(delivery, 1, NOW, true);
        DeliveryAttempt probe = attempt(delivery, 2, NOW.plusSeconds(1), false);
        DeliveryAttempt again = attempt(delivery, 3, NOW.plusSeconds(2), true);
        DeliveryAttempt ended = new DeliveryAttempt(
                delivery.id(),
                1,
                "one",
                0,
                NOW,
                NOW.plusMillis(5),
                "refused",
                true,
                422,
                Message.of("network.refused", "status", 422),
                "said");
        write(tx -> {
            deliveries.startAttempt(tx, running);
            deliveries.endAttempt(tx, ended);
            deliveries.startAttempt(tx, probe);
            deliveries.startAttempt(tx, again);
            return delivery;
        });
        assertThat(rows(tx -> deliveries.attempts(tx, delivery.id()))).containsExactly(ended, probe, again);
        assertThat(rows(tx -> deliveries.sends(tx, "one", NOW.minusSeconds(1), 9)))
                .containsExactly(NOW.plusSeconds(2), NOW);
        assertThat(rows(tx -> deliveries.sends(tx, "one", NOW, 9))).containsExactly(NOW.plusSeconds(2));
        assertThat(rows(tx -> deliveries.sends(tx, "one", NOW.minusSeconds(1), 1)))
                .containsExactly(NOW.plusSeconds(2));
        assertThat(rows(tx -> deliveries.sends(tx, "two", NOW.minusSeconds(1), 9)))
                .isEmpty();
    }

    private static DeliveryAttempt attempt(Delivery delivery, int number, Instant at, boolean send) {
        return new DeliveryAttempt(delivery.id(), number, "one", 0, at, null, "running", send, null, null, "");
    }

    @Test
    void an_equal_text_is_known_by_its_channel_and_time_and_not_when_it_never_went() {
        insert(row("one", DeliveryState.DUE, NOW), "Un  texte", "et\nla suite");
        Delivery cancelled = insert(row("two", DeliveryState.CANCELLED, NOW), "Un texte");
        assertThat(cancelled.state()).isEqualTo(DeliveryState.CANCELLED);
        Instant before = NOW.minus(Duration.ofHours(24));
        Instant after = NOW.plus(Duration.ofHours(24));
        assertThat(yes(tx -> deliveries.equalText(tx, "one", "Un texte et la suite", before, after)))
                .isTrue();
        assertThat(yes(tx -> deliveries.equalText(tx, "one", "Un texte et la suite", before, NOW)))
                .as("what is planned for later")
                .isFalse();
        assertThat(yes(tx -> deliveries.equalText(tx, "one", "Un texte et la suite", NOW, after)))
                .isFalse();
        assertThat(yes(tx -> deliveries.equalText(tx, "one", "Un texte", before, after)))
                .isFalse();
        assertThat(yes(tx -> deliveries.equalText(tx, "two", "Un texte", before, after)))
                .isFalse();
    }

    @Test
    void what_was_requested_is_counted_once_and_never_again_from_the_rows() {
        Delivery delivery = insert("one", DeliveryState.DUE, NOW);
        insert("one", DeliveryState.HELD, NOW);
        insert("two", DeliveryState.PUBLISHED, NOW);
        Ledger ledger = read(tx -> deliveries.ledger(tx, BranchId.MAIN));
        assertThat(ledger.requested()).isEqualTo(3);
        assertThat(ledger.balanced()).isTrue();
        assertThat(ledger.states())
                .isEqualTo(Map.of(DeliveryState.DUE, 1L, DeliveryState.HELD, 1L, DeliveryState.PUBLISHED, 1L));
        write(tx -> deliveries.save(tx, delivery.on(DeliveryEvent.CANCEL, NOW, null), 1));
        assertThat(read(tx -> deliveries.ledger(tx, BranchId.MAIN)).requested()).isEqualTo(3);
        lose(delivery.id());
        Ledger broken = read(tx -> deliveries.ledger(tx, BranchId.MAIN));
        assertThat(broken.requested()).isEqualTo(3);
        assertThat(broken.balanced()).isFalse();
    }

    /** Removes a row behind the repository's back. */
    abstract void lose(String deliveryId);

    @Test
    void what_is_undone_counts_nothing() {
        assertThatThrownBy(() -> write(tx -> {
                    Delivery delivery = new Delivery(
                            "undone",
                            "post",
                            BranchId.MAIN,
                            "one",
                            "reference",
                            deliveries.nextSequence(tx),
                            DeliveryState.DUE,
                            NOW,
                            null,
                            NextAction.SEND,
                            null,
                            1,
                            NOW,
                            NOW,
                            0,
                            null,
                            null,
                            null);
                    deliveries.insert(tx, delivery, List.of(segment("undone", 0, "text")));
                    throw new IllegalStateException("after the last row");
                }))
                .hasMessage("after the last row");
        assertThat(maybe(tx -> deliveries.find(tx, "undone"))).isEmpty();
        assertThat(rows(tx -> deliveries.segments(tx, "undone"))).isEmpty();
        assertThat(read(tx -> deliveries.ledger(tx, BranchId.MAIN)).requested()).isZero();
    }
}
