package org.tocsin.publishing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.FreezeRepository;

/**
 * Finds the next free slot of some channels: the earliest slot of any of them after now, at which none of those that have this slot has
 * something planned already, and which falls into no freeze of them. The post goes out then on all of them, also on those without a slot at that time.
 */
public final class NextSlot {
    /** Far enough that a slot every week is full of what was planned by hand, or never comes. */
    private static final int WEEKS = 260;

    private static final int WEEK = 7;

    private final SlotRepository slots;
    private final FreezeRepository freezes;
    private final ZoneId zone;

    /** @param zone in which the slots are */
    public NextSlot(SlotRepository slots, FreezeRepository freezes, ZoneId zone) {
        this.slots = slots;
        this.freezes = freezes;
        this.zone = zone;
    }

    /** @return empty where none of the channels has a slot, or every one is taken for five years */
    Optional<Instant> after(Tx tx, BranchId branch, Collection<String> channels, Instant now) {
        List<Slot> all = slots.all(tx, branch).stream()
                .filter(slot -> channels.contains(slot.channelId()))
                .toList();
        List<Freeze> standing = freezes.standing(tx, branch, now);
        LocalDate today = LocalDate.ofInstant(now, zone);
        for (int week = 0; week < WEEKS && !all.isEmpty(); week++) {
            LocalDate first = today.plusDays((long) week * WEEK);
            Optional<Instant> free = free(tx, all, standing, channels, first, now);
            if (free.isPresent()) {
                return free;
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> free(
            Tx tx, List<Slot> all, List<Freeze> standing, Collection<String> channels, LocalDate first, Instant now) {
        TreeMap<Instant, Set<String>> times = new TreeMap<>();
        for (LocalDate day : first.datesUntil(first.plusDays(WEEK)).toList()) {
            for (Slot slot : all) {
                if (slot.weekday() == day.getDayOfWeek()) {
                    LocalDateTime local = day.atTime(slot.time());
                    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
                    // Skipped when clocks go forward: it does not come that week. Of two it is the first.
                    if (!offsets.isEmpty()
                            && local.toInstant(offsets.getFirst()).isAfter(now)) {
                        times.computeIfAbsent(local.toInstant(offsets.getFirst()), at -> new HashSet<>())
                                .add(slot.channelId());
                    }
                }
            }
        }
        if (times.isEmpty()) {
            return Optional.empty();
        }
        Set<SlotRepository.Taken> taken =
                slots.taken(tx, channels, times.firstKey(), times.lastKey().plusSeconds(1));
        return times.entrySet().stream()
                // What would be held there waits for the slot after the freeze.
                .filter(time -> standing.stream()
                        .noneMatch(freeze -> channels.stream()
                                .anyMatch(channel -> freeze.covers(channel, time.getKey(), time.getKey()))))
                .filter(time -> time.getValue().stream()
                        .noneMatch(channel -> taken.contains(new SlotRepository.Taken(channel, time.getKey()))))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** @throws FaultException INVALID where there is none */
    Instant require(Tx tx, BranchId branch, Collection<String> channels, Instant now) {
        return after(tx, branch, channels, now)
                .orElseThrow(() -> FaultException.invalid(
                        "/at", Message.of("publishing.slot.none", "channels", String.join(", ", channels))));
    }

    /** @return the local time of a slot, as a person would have asked for it */
    String local(Instant at) {
        return LocalDateTime.ofInstant(at, zone).truncatedTo(ChronoUnit.MINUTES).toString();
    }

    ZoneId zone() {
        return zone;
    }

    /**
     * Looks again in the transaction that accepts: of two that were planned at once for the same slot, the second gets the one after it.
     * A store has one writer, so that what is seen here is what stands when this is committed.
     */
    PostPlan settled(Tx tx, BranchId branch, PostPlan plan, Instant now) {
        if (!plan.slotted()) {
            return plan;
        }
        Instant at = require(
                tx,
                branch,
                plan.composed().stream().map(one -> one.channel().id()).toList(),
                now);
        return plan.at(at, local(at));
    }
}
