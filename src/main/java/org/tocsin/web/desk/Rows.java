package org.tocsin.web.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryEvent;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.DeliveryTransitions;
import org.tocsin.delivery.NextAction;
import org.tocsin.delivery.Removal;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.Revision;
import org.tocsin.delivery.RevisionRepository;
import org.tocsin.delivery.Revisions;
import org.tocsin.network.Receipt;
import org.tocsin.publishing.Freezes;
import org.tocsin.web.FrozenTimes;

/** Makes rows of deliveries. */
final class Rows {
    /** As the readiness check counts it. */
    static final Duration LATE = Duration.ofMinutes(10);

    private static final int SHOWN = 280;

    private final DeliveryRepository deliveries;
    private final RevisionRepository revisions;
    private final RemovalRepository removals;
    private final Freezes freezes;
    private final Clock clock;

    Rows(DeskParts parts) {
        this.deliveries = parts.deliveries();
        this.revisions = parts.revisions();
        this.removals = parts.removals();
        this.freezes = parts.freezes();
        this.clock = parts.clock();
    }

    List<Row> of(Tx tx, Visit visit, FrozenTimes frozen, List<Delivery> all) {
        Read read = read(tx, visit, all);
        return all.stream()
                .map(delivery -> row(tx, visit, delivery, read, frozen))
                .toList();
    }

    /** What rows are made of, by delivery; of a page it is asked for at once. */
    private record Read(
            Map<String, String> names,
            Map<String, List<DeliverySegment>> segments,
            Map<String, List<Revision>> revisions,
            Map<String, List<Removal>> removals) {}

    private Read read(Tx tx, Visit visit, List<Delivery> all) {
        List<String> ids = all.stream().map(Delivery::id).toList();
        List<String> out = all.stream()
                .filter(delivery -> delivery.state() == DeliveryState.PUBLISHED)
                .map(Delivery::id)
                .toList();
        return new Read(visit.channels(), deliveries.segments(tx, ids), revisions.of(tx, out), removals.of(tx, ids));
    }

    /** @return what stands or is planned, a sentence each */
    List<Frozen> freezes(Tx tx, Visit visit, FrozenTimes frozen) {
        Map<String, String> names = visit.channels();
        String every = visit.t("web.freeze.everywhere");
        return frozen.standing().stream()
                .map(freeze -> new Frozen(
                        frozen.begun(freeze), visit.said(frozen.told(freeze, id -> names.getOrDefault(id, id), every))))
                .toList();
    }

    /** Asked for before the transaction of a page: it is one of its own. */
    FrozenTimes frozen(Visit visit) {
        return new FrozenTimes(freezes.standing(visit.user().branch()), clock.instant());
    }

    private Row row(Tx tx, Visit visit, Delivery delivery, Read read, FrozenTimes frozen) {
        List<DeliverySegment> segments = read.segments().getOrDefault(delivery.id(), List.of());
        String text =
                segments.isEmpty() ? "" : shorten(segments.getFirst().content().text());
        Receipt receipt = segments.isEmpty() ? null : segments.getFirst().receipt();
        String url = receipt == null || receipt.url() == null ? "" : receipt.url();
        boolean unknown = delivery.state() == DeliveryState.UNKNOWN;
        Instant next = delivery.nextAt();
        boolean byItself = unknown && delivery.nextAction() != NextAction.PERSON && next != null;
        // Of what is out, an edit that has stopped is what a person can let go on.
        Optional<Revision> stopped = Revisions.latest(read.revisions().getOrDefault(delivery.id(), List.of())).stream()
                .filter(revision -> revision.state().stopped())
                .findFirst();
        boolean person = stopped.isPresent() || awaiting(delivery);
        Message reason = stopped.map(Revision::reason).orElse(delivery.reason());
        Optional<Taking> taking =
                Taking.of(visit, read.removals().getOrDefault(delivery.id(), List.of()), clock.instant());
        // Of what is out or has stopped, it is the taking back that is under way; of what is unknown, that comes first.
        Optional<Taking> first =
                taking.filter(one -> delivery.state().ended() || delivery.state() == DeliveryState.HELD);
        String question = unknown ? Parts.question(visit, segments) : "";
        return new Row(
                delivery.id(),
                delivery.postId(),
                read.names().getOrDefault(delivery.channelId(), delivery.channelId()),
                delivery.network(),
                Marks.letter(delivery.network()),
                first.map(Taking::kind).orElse(Marks.kind(person ? DeliveryState.HELD : delivery.state())),
                first.map(Taking::sign).orElse(Marks.sign(person ? DeliveryState.HELD : delivery.state())),
                first.map(Taking::word).orElseGet(() -> visit.said(word(visit, delivery))),
                first.isPresent() ? "" : ((reason == null ? "" : visit.said(reason)) + " " + question).strip(),
                late(visit, delivery),
                delivery.state() == DeliveryState.HELD ? visit.at(delivery.dueAt()) : "",
                frozen.holding(delivery, segments).isPresent(),
                text,
                web(url) && delivery.state() != DeliveryState.DELETED ? url : "",
                byItself ? visit.at(next) : "",
                delivery.version(),
                unknown && visit.may("MANAGE"),
                unknown && Parts.followed(segments),
                visit.may("MANAGE")
                        && taking.isEmpty()
                        && (stopped.isPresent() || takes(delivery, DeliveryEvent.RELEASE))
                        && !deliveries.withdrawn(tx, delivery.postId()),
                frozen.holds(reason) || frozen.stops(delivery),
                visit.may("POST") && takes(delivery, DeliveryEvent.CANCEL),
                delivery.state() == DeliveryState.REFUSED || delivery.state() == DeliveryState.EXHAUSTED,
                delivery.state() == DeliveryState.DELETED,
                taking.orElse(null));
    }

    /** It waits for somebody's word, and not for its time. */
    static boolean awaiting(Delivery delivery) {
        return delivery.state() == DeliveryState.SCHEDULED && delivery.nextAction() == NextAction.PERSON;
    }

    private static boolean takes(Delivery delivery, DeliveryEvent event) {
        return DeliveryTransitions.next(delivery.state(), event).isPresent();
    }

    static boolean web(String url) {
        return url.startsWith("https://") || url.startsWith("http://");
    }

    private String late(Visit visit, Delivery delivery) {
        boolean over =
                delivery.state().inLine() && delivery.expectedAt().plus(LATE).isBefore(clock.instant());
        return over ? visit.at(delivery.expectedAt()) : "";
    }

    private static Message word(Visit visit, Delivery delivery) {
        String since = visit.at(delivery.since());
        String next = visit.at(delivery.nextAt() == null ? delivery.since() : delivery.nextAt());
        return switch (delivery.state()) {
            case SCHEDULED ->
                awaiting(delivery)
                        ? Message.of("desk.state.awaiting", "time", visit.at(delivery.dueAt()))
                        : Message.of("desk.state.scheduled", "time", visit.at(delivery.dueAt()));
            case DUE -> Message.of("desk.state.due");
            case PREPARING -> Message.of("desk.state.preparing");
            case SENDING -> Message.of("desk.state.sending");
            case WAITING -> Message.of("desk.state.waiting", "time", next);
            case UNKNOWN ->
                delivery.nextAction() == NextAction.PERSON
                        ? Message.of("desk.state.unknown", "time", since)
                        : Message.of("desk.state.checking", "time", since);
            case HELD -> Message.of("desk.state.held", "time", since);
            case PUBLISHED -> Message.of("desk.state.published", "time", since);
            case REFUSED -> Message.of("desk.state.refused", "time", since);
            case EXHAUSTED -> Message.of("desk.state.exhausted", "time", since);
            case CANCELLED -> Message.of("desk.state.cancelled", "time", since);
            case DELETED -> Message.of("desk.state.deleted", "time", since);
        };
    }

    static String shorten(String text) {
        return shorten(text, SHOWN);
    }

    /** @param most how many code points of it are shown */
    static String shorten(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
