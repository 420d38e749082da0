package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tocsin.base.FaultException;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Removal;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.post.Post;
import org.tocsin.publishing.DeliveryDecisions;

/** Lets go on whatever of a post has failed, and nothing of what is out. */
final class Retries {
    private static final Set<DeliveryState> FAILED =
            EnumSet.of(DeliveryState.HELD, DeliveryState.REFUSED, DeliveryState.EXHAUSTED);

    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final RemovalRepository removals;
    private final DeliveryDecisions decisions;

    Retries(DeskParts parts) {
        this.unitOfWork = parts.unitOfWork();
        this.deliveries = parts.deliveries();
        this.removals = parts.removals();
        this.decisions = parts.decisions();
    }

    /**
     * @return what has failed as it was seen, id and version; empty for one alone, which has a button of its own, and where the post was
     *     deleted, which lets nothing go on
     */
    List<String> of(Tx tx, Visit visit, Post post, List<Delivery> all) {
        if (post.deletedAt() != null) {
            return List.of();
        }
        List<String> failed = all.stream()
                .filter(delivery -> FAILED.contains(delivery.state()))
                .filter(delivery -> removals.of(tx, delivery.id()).stream()
                        .allMatch(removal -> removal.state() == Removal.State.GONE))
                .map(delivery -> delivery.id() + " " + delivery.version())
                .toList();
        return visit.may("MANAGE") && failed.size() > 1 ? failed : List.of();
    }

    /**
     * Each is decided on its own, under the version that was seen: one that cannot go on, for a freeze that stands or because it was
     * changed meanwhile, holds back no other.
     *
     * @return what did not go on, and why
     */
    List<String> retry(Visit visit) {
        Map<String, Delivery> failed = new HashMap<>();
        unitOfWork.read(tx -> deliveries.ofPost(tx, visit.request().param("id"))).stream()
                .filter(delivery -> delivery.branch().equals(visit.user().branch()))
                .filter(delivery -> FAILED.contains(delivery.state()))
                .forEach(delivery -> failed.put(delivery.id(), delivery));
        Map<String, String> names = visit.channels();
        List<String> faults = new ArrayList<>();
        for (String seen : visit.form().all("seen")) {
            if (!seen.matches("[0-9a-f-]{36} \\d{1,18}")) {
                throw Form.malformed();
            }
            String[] parts = seen.split(" ");
            Delivery delivery = failed.get(parts[0]);
            if (delivery == null) {
                // It went on already.
                continue;
            }
            try {
                decisions.retry(visit.actor(), delivery.id(), Long.parseLong(parts[1]), null);
            } catch (FaultException e) {
                String channel = names.getOrDefault(delivery.channelId(), delivery.channelId());
                visit.said(e).forEach(why -> faults.add(visit.t("desk.retry.not", "channel", channel, "why", why)));
            }
        }
        return faults;
    }
}
