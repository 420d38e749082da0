package org.tocsin.web.desk;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tocsin.base.Message;
import org.tocsin.delivery.Removal;

/**
 * Where it stands that a delivery is taken back, in plain words, while that is not over.
 *
 * @param word     where it stands, with its time
 * @param kind     its colour, as of a row
 * @param sign     its shape
 * @param reason   why it is not gone yet; may be empty
 * @param remedy   what a person can do about it; may be empty
 * @param checking when it is asked again by itself, empty where it is not
 * @param decide   whether this person may say that it is gone
 * @param again    whether this person may have it asked for again
 */
public record Taking(
        String word,
        String kind,
        String sign,
        String reason,
        String remedy,
        String checking,
        boolean decide,
        boolean again) {
    /** @return empty where nothing of it is to be taken back any more; of several parts, that which needs a person first */
    static Optional<Taking> of(Visit visit, List<Removal> removals, Instant now) {
        return removals.stream()
                .filter(removal -> removal.state() != Removal.State.GONE)
                .max(Comparator.comparing(Removal::state))
                .map(removal -> of(visit, removal, now));
    }

    private static Taking of(Visit visit, Removal removal, Instant now) {
        String asked = visit.at(removal.requestedAt());
        String why = removal.reason() == null ? "" : visit.said(removal.reason());
        Instant next = removal.nextAt();
        boolean later = next != null && next.isAfter(now);
        boolean may = visit.may("MANAGE");
        return switch (removal.state()) {
            case REFUSED ->
                new Taking(
                        visit.said(Message.of("desk.removal.refused", "time", asked)),
                        "wrong",
                        "✕",
                        why,
                        visit.t("desk.removal.refused.remedy"),
                        "",
                        may,
                        may);
            case UNKNOWN ->
                new Taking(
                        visit.said(Message.of("desk.removal.unknown", "time", asked)),
                        "care",
                        "?",
                        why,
                        visit.t("desk.removal.unknown.remedy"),
                        next == null ? "" : visit.at(next),
                        may,
                        may);
            case DUE, GONE ->
                new Taking(
                        later
                                ? visit.said(Message.of("desk.removal.waiting", "time", visit.at(next)))
                                : visit.t("desk.removal.due"),
                        "waiting",
                        "…",
                        why,
                        "",
                        "",
                        may && later,
                        false);
        };
    }
}
