package org.tocsin.app;

import java.util.Set;
import org.tocsin.alert.RecipientActors;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.people.Actor;
import org.tocsin.publishing.DeliveryDecisions;
import org.tocsin.publishing.Freezes;
import org.tocsin.recipient.Recipient;
import org.tocsin.watch.keeping.Alerts;

/** What a press on a button of a message does. */
final class Presses {
    /** What happens to the buttons. */
    enum After {
        STAYS,
        GOES,
        /** They ask whether it is meant. */
        ASK
    }

    /**
     * What was done.
     *
     * @param said to whoever pressed
     */
    record Done(Message said, After after) {}

    private final UnitOfWork unitOfWork;
    private final RecipientActors actors;
    private final DeliveryRepository deliveries;
    private final Alerts alerts;
    private final Freezes freezes;
    private final DeliveryDecisions decisions;

    Presses(
            UnitOfWork unitOfWork,
            RecipientActors actors,
            DeliveryRepository deliveries,
            Alerts alerts,
            Freezes freezes,
            DeliveryDecisions decisions) {
        this.unitOfWork = unitOfWork;
        this.actors = actors;
        this.deliveries = deliveries;
        this.alerts = alerts;
        this.freezes = freezes;
        this.decisions = decisions;
    }

    /**
     * @param alone whether nobody else can have pressed
     * @throws FaultException as what is done throws
     */
    Done press(Recipient recipient, boolean alone, String data) {
        Actor actor = alone ? actors.of(recipient) : actors.room(recipient);
        int colon = data.indexOf(':');
        String what = colon < 0 ? data : data.substring(0, colon);
        String id = colon < 0 ? "" : data.substring(colon + 1);
        return switch (what) {
            case "seen" -> {
                alerts.acknowledge(actor, id);
                yield new Done(Message.of("alerting.press.done.seen"), After.GOES);
            }
            case "mine" -> {
                if (!actors.isRoom(actor)) {
                    alerts.assign(actor, id, actor.id(), null);
                    yield new Done(Message.of("alerting.press.done.mine"), After.GOES);
                }
                // A room is nobody to whom anything could be given.
                alerts.acknowledge(actor, id);
                yield new Done(Message.of("alerting.press.done.seen"), After.GOES);
            }
            case "there" -> decided(actor, id, DeliveryDecisions.Decision.PUBLISHED);
            case "again" -> decided(actor, id, DeliveryDecisions.Decision.RESEND);
            case "freeze" -> new Done(Message.of("alerting.press.freeze.ask"), After.ASK);
            case "frozen" -> {
                freezes.order(actor, null, null, null, Set.of(), "Telegram, " + recipient.name());
                yield new Done(Message.of("alerting.press.done.frozen"), After.GOES);
            }
            default -> new Done(Message.of("alerting.press.unknown"), After.STAYS);
        };
    }

    private Done decided(Actor actor, String id, DeliveryDecisions.Decision decision) {
        long version = unitOfWork
                .read(tx -> deliveries.find(tx, id))
                .filter(delivery -> delivery.branch().equals(actor.branch()))
                .orElseThrow(() -> FaultException.notFound("delivery", id))
                .version();
        decisions.resolve(actor, id, version, decision, null);
        return new Done(Message.of("alerting.press.done.decided"), After.GOES);
    }
}
