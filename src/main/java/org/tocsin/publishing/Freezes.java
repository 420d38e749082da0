package org.tocsin.publishing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.FreezeRepository;
import org.tocsin.delivery.Gate;
import org.tocsin.network.Channel;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** Orders and ends freezes. What was held meanwhile stays held until a person lets it go on. */
public final class Freezes {
    private final UnitOfWork unitOfWork;
    private final FreezeRepository freezes;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final AuditTrail audit;
    private final PublishingSettings settings;
    private final Ids ids;
    private final Clock clock;

    public Freezes(
            UnitOfWork unitOfWork,
            FreezeRepository freezes,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            AuditTrail audit,
            PublishingSettings settings,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.freezes = freezes;
        this.deliveries = deliveries;
        this.channels = channels;
        this.audit = audit;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @param from   local time, the first where it comes twice; null for now
     * @param until  local time, the second where it comes twice: silence that the law orders must not end early; null until a person
     *     ends it
     * @param zone   null for the organisation's
     * @param wanted channels; empty for all
     * @param reason why; not blank
     */
    public Freeze order(
            Actor actor,
            @Nullable String from,
            @Nullable String until,
            @Nullable String zone,
            Set<String> wanted,
            String reason) {
        actor.require(Scope.MANAGE);
        ZoneId where = Schedule.zone("/zone", zone, settings.zone());
        Instant now = clock.instant();
        Instant start = from == null ? now : Schedule.instant("/from", from, where);
        Instant end = until == null ? null : Schedule.latest("/until", until, where);
        if (end != null && (!end.isAfter(start) || !end.isAfter(now))) {
            throw FaultException.invalid("/until", Message.of("publishing.freeze.order"));
        }
        if (reason.isBlank()) {
            throw FaultException.invalid("/reason", Message.of("publishing.reason.needed"));
        }
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            for (String id : wanted) {
                if (channels.find(tx, id)
                        .filter(channel -> channel.branch().equals(actor.branch()))
                        .isEmpty()) {
                    throw FaultException.invalid(
                            "/channels", Message.of("publishing.channel.unknown", "id", id, "known", known(tx, actor)));
                }
            }
            Freeze freeze = new Freeze(
                    ids.next(),
                    actor.branch(),
                    start,
                    end,
                    where.getId(),
                    wanted,
                    reason.strip(),
                    actor.user(),
                    null,
                    null,
                    1);
            freezes.insert(tx, freeze);
            audit.add(tx, actor, "freeze.order", freeze.id(), start + " – " + end + " " + reason.strip());
            return freeze;
        });
    }

    private String known(Tx tx, Actor actor) {
        return String.join(
                ", ", channels.all(tx, actor.branch()).stream().map(Channel::id).toList());
    }

    /** Ends a freeze early. */
    public Freeze end(Actor actor, String id, String reason) {
        actor.require(Scope.MANAGE);
        if (reason.isBlank()) {
            throw FaultException.invalid("/reason", Message.of("publishing.reason.needed"));
        }
        return unitOfWork.write(Urgency.DELIVERY, tx -> {
            Freeze freeze = freezes.find(tx, id)
                    .filter(found -> found.branch().equals(actor.branch()))
                    .orElseThrow(() -> FaultException.notFound("freeze", id));
            if (freeze.endedAt() != null) {
                throw FaultException.conflict(Message.of("publishing.freeze.ended"));
            }
            Freeze ended = new Freeze(
                    freeze.id(),
                    freeze.branch(),
                    freeze.from(),
                    freeze.until(),
                    freeze.zone(),
                    freeze.channels(),
                    freeze.reason(),
                    freeze.by(),
                    clock.instant(),
                    reason.strip(),
                    freeze.version() + 1);
            freezes.save(tx, ended, freeze.version());
            audit.add(tx, actor, "freeze.end", id, reason.strip());
            return ended;
        });
    }

    /**
     * What a freeze will hold, as things stand.
     *
     * @param deliveries how many
     * @param first      when the first of them would have gone out; null where there is none
     */
    public record Holds(int deliveries, @Nullable Instant first) {}

    /** @return what waits now and falls into the freeze; an override is not counted on */
    public Holds holds(Freeze freeze) {
        Instant now = clock.instant();
        return unitOfWork.read(tx -> {
            List<Instant> times = Stream.of(DeliveryState.SCHEDULED, DeliveryState.DUE, DeliveryState.WAITING)
                    .flatMap(state -> deliveries.inState(tx, state).stream())
                    .filter(delivery -> delivery.branch().equals(freeze.branch()) && delivery.pending() == null)
                    .filter(delivery -> freeze.covers(
                            delivery.channelId(),
                            when(delivery, now),
                            Gate.last(when(delivery, now), deliveries.segments(tx, delivery.id()))))
                    .map(delivery -> when(delivery, now))
                    .sorted()
                    .toList();
            return new Holds(times.size(), times.isEmpty() ? null : times.getFirst());
        });
    }

    private static Instant when(Delivery delivery, Instant now) {
        Instant at = delivery.nextAt() == null ? delivery.dueAt() : delivery.nextAt();
        return at.isBefore(now) ? now : at;
    }

    /** @return those that stand now or later */
    public List<Freeze> standing(BranchId branch) {
        return unitOfWork.read(tx -> freezes.standing(tx, branch, clock.instant()));
    }
}
