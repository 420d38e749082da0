package org.tocsin.web;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.Gate;

/**
 * The freezes of a branch as a page shows them.
 *
 * @param standing those that stand now or later, earliest first
 * @param now      the time of the page
 */
public record FrozenTimes(List<Freeze> standing, Instant now) {
    /** What has not begun to go out: what is on its way passes no gate any more. */
    private static final Set<DeliveryState> WAITS =
            EnumSet.of(DeliveryState.SCHEDULED, DeliveryState.DUE, DeliveryState.WAITING);

    public FrozenTimes {
        standing = List.copyOf(standing);
    }

    /**
     * @param reason why something is held, null for none
     * @return whether that is a freeze which still stands
     */
    public boolean holds(@Nullable Message reason) {
        return reason != null
                && "delivery.held.frozen".equals(reason.code())
                && standing.stream()
                        .anyMatch(freeze -> begun(freeze)
                                && freeze.id().equals(reason.args().get("freeze")));
    }

    /** @return whether a freeze that stands now would hold what is let go on now, for whatever it stopped; what keeps its later time it does not */
    public boolean stops(Delivery delivery) {
        boolean early =
                delivery.state() == DeliveryState.HELD && delivery.dueAt().isAfter(now);
        return !early && standing.stream().anyMatch(freeze -> freeze.covers(delivery.channelId(), now, now));
    }

    /** @return whether it stands already, not only later */
    public boolean begun(Freeze freeze) {
        return !freeze.from().isAfter(now);
    }

    /**
     * @param names from a channel's id to what people call it
     * @param every what is said of a freeze of every channel
     * @return from when, until when, on which channels and why
     */
    public Message told(Freeze freeze, UnaryOperator<String> names, String every) {
        String channels = freeze.channels().isEmpty()
                ? every
                : freeze.channels().stream().map(names).sorted().collect(Collectors.joining(", "));
        Instant until = freeze.until();
        if (begun(freeze)) {
            return until == null
                    ? Message.of("web.freeze.stands", "channels", channels, "reason", freeze.reason())
                    : Message.of(
                            "web.freeze.stands.until", "until", until, "channels", channels, "reason", freeze.reason());
        }
        return until == null
                ? Message.of(
                        "web.freeze.planned", "from", freeze.from(), "channels", channels, "reason", freeze.reason())
                : Message.of(
                        "web.freeze.planned.until",
                        "from",
                        freeze.from(),
                        "until",
                        until,
                        "channels",
                        channels,
                        "reason",
                        freeze.reason());
    }

    /**
     * @param segments of the delivery: a thread may begin before a freeze and not be over when it comes
     * @return the freeze that will hold it, as things stand; empty where it goes out
     */
    public Optional<Freeze> holding(Delivery delivery, List<DeliverySegment> segments) {
        if (!WAITS.contains(delivery.state()) || delivery.pending() != null) {
            return Optional.empty();
        }
        Instant planned = UnderWay.at(delivery);
        Instant at = planned.isBefore(now) ? now : planned;
        return standing.stream()
                .filter(freeze -> freeze.covers(delivery.channelId(), at, Gate.last(at, segments)))
                .filter(freeze -> !delivery.overrides(freeze))
                .findFirst();
    }
}
