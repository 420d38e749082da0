package org.tocsin.publishing;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Ids;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/** Keeps the slots of the channels: the weekly times to which a post may go without anybody choosing one. */
public final class Slots {
    private static final int MOST = 500;

    private final UnitOfWork unitOfWork;
    private final SlotRepository slots;
    private final ChannelRepository channels;
    private final NextSlot next;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;

    public Slots(
            UnitOfWork unitOfWork,
            SlotRepository slots,
            ChannelRepository channels,
            NextSlot next,
            AuditTrail audit,
            Ids ids,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.slots = slots;
        this.channels = channels;
        this.next = next;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /** @return by channel, weekday and time; without those of channels that were removed */
    public List<Slot> all(Actor actor) {
        actor.require(Scope.READ);
        return unitOfWork.read(tx -> {
            Set<String> there = known(tx, actor.branch()).collect(Collectors.toSet());
            return slots.all(tx, actor.branch()).stream()
                    .filter(slot -> there.contains(slot.channelId()))
                    .toList();
        });
    }

    /**
     * Adds a slot.
     *
     * @param weekday in English, such as {@code thursday}
     * @param time    local, {@code HH:mm}
     * @throws FaultException INVALID; CONFLICT where there is that slot
     */
    public Slot add(Actor actor, String channelId, String weekday, String time) {
        actor.require(Scope.MANAGE);
        DayOfWeek day = Stream.of(DayOfWeek.values())
                .filter(one -> one.name().equals(weekday.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        FaultException.invalid("/weekday", Message.of("publishing.slot.weekday", "value", weekday)));
        Slot slot = new Slot(ids.next(), actor.branch(), channelId, day, minute(time));
        return unitOfWork.write(Urgency.REQUEST, tx -> {
            if (known(tx, actor.branch()).noneMatch(channelId::equals)) {
                throw FaultException.invalid(
                        "/channelId",
                        Message.of(
                                "publishing.channel.unknown",
                                "id",
                                channelId,
                                "known",
                                known(tx, actor.branch()).collect(Collectors.joining(", "))));
            }
            if (slots.all(tx, actor.branch()).size() >= MOST) {
                throw FaultException.conflict(Message.of("publishing.slot.many", "limit", MOST));
            }
            if (!slots.insert(tx, slot)) {
                throw FaultException.conflict(Message.of("publishing.slot.there", "channel", channelId));
            }
            audit.add(tx, actor, "slot.add", slot.id(), channelId + " " + day + " " + slot.time());
            return slot;
        });
    }

    private static LocalTime minute(String time) {
        try {
            return LocalTime.parse(time.strip()).truncatedTo(ChronoUnit.MINUTES);
        } catch (DateTimeException e) {
            throw FaultException.invalid("/time", Message.of("publishing.slot.time", "value", time));
        }
    }

    private Stream<String> known(Tx tx, BranchId branch) {
        return channels.all(tx, branch).stream().map(Channel::id);
    }

    /** @throws FaultException NOT_FOUND */
    public void remove(Actor actor, String id) {
        actor.require(Scope.MANAGE);
        unitOfWork.write(Urgency.REQUEST, tx -> {
            Slot slot = slots.find(tx, actor.branch(), id).orElseThrow(() -> FaultException.notFound("slot", id));
            slots.remove(tx, id);
            audit.add(tx, actor, "slot.remove", id, slot.channelId() + " " + slot.weekday() + " " + slot.time());
            return slot;
        });
    }

    /** @return when a post for these channels would go out as things stand; empty where they have no slot */
    public Optional<Instant> next(BranchId branch, Collection<String> channelIds) {
        return unitOfWork.read(tx -> next.after(tx, branch, channelIds, clock.instant()));
    }
}
