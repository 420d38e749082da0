package org.tocsin.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/**
 * One post on one channel.
 *
 * @param id             stable
 * @param postId         what is delivered
 * @param branch         the owner
 * @param channelId      where to
 * @param network        the channel's network, kept for when the channel is gone
 * @param sequence       grows with acceptance; the order among those due at the same time
 * @param state          where it stands
 * @param since          when it came to that state
 * @param reason         why it is in that state, null where that needs no saying
 * @param nextAction     what happens next
 * @param nextAt         when, null where nothing is timed
 * @param version        grows with every change; who changes it names the one he saw
 * @param dueAt          when it was meant to go out; its place in the channel's line
 * @param expectedAt     from when lateness counts: {@code dueAt}, moved by a throttle, by our own rates, and by a person's retry
 * @param attempts       counted attempts (throttling and shutdown do not count)
 * @param firstAttemptAt when the first attempt of the current run began, null before
 * @param pending        the handle of what the network is processing, null where there is none
 * @param freezeOverride through which freezes a person lets it, and why ({@link #overriding}); null where nobody did
 * @param forChannel     whether it is held only because its channel is
 */
public record Delivery(
        String id,
        String postId,
        BranchId branch,
        String channelId,
        String network,
        long sequence,
        DeliveryState state,
        Instant since,
        @Nullable Message reason,
        NextAction nextAction,
        @Nullable Instant nextAt,
        long version,
        Instant dueAt,
        Instant expectedAt,
        int attempts,
        @Nullable Instant firstAttemptAt,
        @Nullable String pending,
        @Nullable String freezeOverride,
        boolean forChannel) {
    private static final String FREEZE = "freeze";

    /** A delivery that is not held for its channel. */
    public Delivery(
            String id,
            String postId,
            BranchId branch,
            String channelId,
            String network,
            long sequence,
            DeliveryState state,
            Instant since,
            @Nullable Message reason,
            NextAction nextAction,
            @Nullable Instant nextAt,
            long version,
            Instant dueAt,
            Instant expectedAt,
            int attempts,
            @Nullable Instant firstAttemptAt,
            @Nullable String pending,
            @Nullable String freezeOverride) {
        this(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                state,
                since,
                reason,
                nextAction,
                nextAt,
                version,
                dueAt,
                expectedAt,
                attempts,
                firstAttemptAt,
                pending,
                freezeOverride,
                false);
    }

    /**
     * @param event  what happens
     * @param now    when
     * @param reason why, null where that needs no saying
     * @return the row after it, with the next version; what happens next is by default what the new state implies
     * @throws FaultException CONFLICT where the state refuses the event
     */
    public Delivery on(DeliveryEvent event, Instant now, @Nullable Message reason) {
        DeliveryState next = DeliveryTransitions.next(state, event)
                .orElseThrow(() -> FaultException.conflict(
                        Message.of("delivery.state.refuses", "state", state, "event", event, "id", id)));
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                next,
                now,
                reason,
                action(next),
                null,
                version + 1,
                dueAt,
                expectedAt,
                attempts,
                firstAttemptAt,
                null,
                freezeOverride,
                false);
    }

    private static NextAction action(DeliveryState state) {
        return switch (state) {
            case SCHEDULED, DUE, PREPARING, WAITING -> NextAction.SEND;
            case SENDING -> NextAction.PROBE;
            case UNKNOWN, HELD, REFUSED, EXHAUSTED -> NextAction.PERSON;
            case PUBLISHED, CANCELLED, DELETED -> NextAction.NONE;
        };
    }

    /** @return the same, with what happens next */
    public Delivery then(NextAction action, @Nullable Instant at) {
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                state,
                since,
                reason,
                action,
                at,
                version,
                dueAt,
                expectedAt,
                attempts,
                firstAttemptAt,
                pending,
                freezeOverride,
                forChannel);
    }

    /** @return the same, waiting for what the network processes */
    public Delivery pending(String handle) {
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                state,
                since,
                reason,
                nextAction,
                nextAt,
                version,
                dueAt,
                expectedAt,
                attempts,
                firstAttemptAt,
                handle,
                freezeOverride,
                forChannel);
    }

    /** @return the same, with lateness counted from that time */
    public Delivery expected(Instant at) {
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                state,
                since,
                reason,
                nextAction,
                nextAt,
                version,
                dueAt,
                at,
                attempts,
                firstAttemptAt,
                pending,
                freezeOverride,
                forChannel);
    }

    /** @return the same, meant to go out at that time */
    public Delivery due(Instant at) {
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                state,
                since,
                reason,
                nextAction,
                nextAt,
                version,
                at,
                at,
                attempts,
                firstAttemptAt,
                pending,
                freezeOverride,
                forChannel);
    }

    /** @return the same, with another count of attempts in the run that began then */
    public Delivery attempted(int count, @Nullable Instant first) {
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                state,
                since,
                reason,
                nextAction,
                nextAt,
                version,
                dueAt,
                expectedAt,
                count,
                first,
                pending,
                freezeOverride,
                forChannel);
    }

    /** @return the same, let through a freeze for that reason */
    public Delivery override(@Nullable String why) {
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                state,
                since,
                reason,
                nextAction,
                nextAt,
                version,
                dueAt,
                expectedAt,
                attempts,
                firstAttemptAt,
                pending,
                why,
                forChannel);
    }

    /** @return what is kept of an override: the freezes that it is for (these, that which holds this, and those before), and why */
    public String overriding(List<Freeze> standing, String why) {
        Set<String> freezes = new TreeSet<>(overridden());
        standing.forEach(freeze -> freezes.add(freeze.id()));
        if (reason != null && reason.args().containsKey(FREEZE)) {
            freezes.add(reason.args().get(FREEZE));
        }
        return String.join(",", freezes) + " " + why;
    }

    /** @return whether a person lets it through that freeze; one that is ordered later holds it all the same */
    public boolean overrides(Freeze freeze) {
        return overridden().contains(freeze.id());
    }

    private Set<String> overridden() {
        return freezeOverride == null ? Set.of() : Set.of(freezeOverride.split(" ", 2)[0].split(","));
    }

    /** @return the same with the next version, for a change that is no event */
    public Delivery bumped() {
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                state,
                since,
                reason,
                nextAction,
                nextAt,
                version + 1,
                dueAt,
                expectedAt,
                attempts,
                firstAttemptAt,
                pending,
                freezeOverride,
                forChannel);
    }

    /** @return the same, where it is for that reason and for no other, with the next version */
    public Delivery because(Message why) {
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                state,
                since,
                why,
                nextAction,
                nextAt,
                version + 1,
                dueAt,
                expectedAt,
                attempts,
                firstAttemptAt,
                pending,
                freezeOverride,
                false);
    }

    /** @return the same before it is written, not to become due until a person lets it */
    public Delivery awaiting(Message why) {
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                DeliveryState.SCHEDULED,
                since,
                why,
                NextAction.PERSON,
                null,
                version,
                dueAt,
                expectedAt,
                attempts,
                firstAttemptAt,
                pending,
                freezeOverride,
                false);
    }

    /** @return the same, held because its channel is; it goes on by itself when the channel works again */
    Delivery heldForItsChannel() {
        return new Delivery(
                id,
                postId,
                branch,
                channelId,
                network,
                sequence,
                state,
                since,
                reason,
                nextAction,
                nextAt,
                version,
                dueAt,
                expectedAt,
                attempts,
                firstAttemptAt,
                null,
                freezeOverride,
                true);
    }

    /** @return whether it is held only because its channel is */
    public boolean heldForChannel() {
        return state == DeliveryState.HELD && forChannel;
    }
}
