package org.tocsin.publishing;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.Wakeup;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Notices;
import org.tocsin.delivery.Removal;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.delivery.Withdrawals;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/**
 * What people decide about a delivery that is to be taken back, where its network refuses or nobody knows. Each names the version that it
 * was decided upon, as the {@link DeliveryDecisions} do.
 */
public final class RemovalDecisions {
    private final UnitOfWork unitOfWork;
    private final DeliveryRepository deliveries;
    private final RemovalRepository removals;
    private final Notices notices;
    private final AuditTrail audit;
    private final Clock clock;
    private final Wakeup wakeup;

    /** @param wakeup of the removals */
    public RemovalDecisions(
            UnitOfWork unitOfWork,
            DeliveryRepository deliveries,
            RemovalRepository removals,
            Notices notices,
            AuditTrail audit,
            Clock clock,
            Wakeup wakeup) {
        this.unitOfWork = unitOfWork;
        this.deliveries = deliveries;
        this.removals = removals;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
        this.wakeup = wakeup;
    }

    /** A person has looked: nothing of it is on the network any more. What waits to be asked for is then not asked for either. */
    public void gone(Actor actor, String id, long version) {
        decide(actor, id, version, "gone", (tx, open) -> {
            if (open.isEmpty()) {
                throw FaultException.conflict(Message.of("publishing.removal.state"));
            }
            Instant now = clock.instant();
            for (Removal removal : open) {
                write(tx, removal.decided(Removal.State.GONE, null), removal);
                Withdrawals.gone(tx, deliveries, removals, notices, removal, now);
            }
        });
    }

    /** It is still there: what was refused, or of which nobody knows, is asked for again at once. */
    public void again(Actor actor, String id, long version) {
        decide(actor, id, version, "delete", (tx, open) -> {
            List<Removal> asked =
                    open.stream().filter(removal -> removal.state().asks()).toList();
            if (asked.isEmpty()) {
                throw FaultException.conflict(
                        Message.of(open.isEmpty() ? "publishing.removal.state" : "publishing.removal.waits"));
            }
            asked.forEach(removal -> write(tx, removal.decided(Removal.State.DUE, clock.instant()), removal));
        });
        wakeup.ring();
    }

    private void write(Tx tx, Removal decided, Removal seen) {
        if (!removals.decide(tx, decided, seen)) {
            throw new IllegalStateException("a removal of " + seen.deliveryId() + " changed in its own transaction");
        }
    }

    private void decide(Actor actor, String id, long version, String decision, BiConsumer<Tx, List<Removal>> decided) {
        actor.require(Scope.MANAGE);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            Delivery delivery = deliveries
                    .find(tx, id)
                    .filter(found -> found.branch().equals(actor.branch()))
                    .orElseThrow(() -> FaultException.notFound("delivery", id));
            if (delivery.version() != version) {
                throw FaultException.conflict(
                        Message.of("publishing.version", "seen", version, "current", delivery.version()));
            }
            // What is under way is its dispatcher's, which goes by the version; nobody else decides about the rest with
            // old eyes.
            if (delivery.state().ended() || delivery.state() == DeliveryState.HELD) {
                deliveries.save(tx, delivery.bumped(), version);
            }
            List<Removal> open = removals.of(tx, id).stream()
                    .filter(removal -> removal.state() != Removal.State.GONE)
                    .toList();
            decided.accept(tx, open);
            audit.add(tx, actor, "delivery.resolve", id, decision);
            return id;
        });
    }
}
