package org.tocsin.audience.keeping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.BestHours;
import org.tocsin.audience.Counts;
import org.tocsin.audience.EngagementDue;
import org.tocsin.audience.EngagementRepository;
import org.tocsin.audience.MetricsSource;
import org.tocsin.audience.Period;
import org.tocsin.audience.PostMetrics;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.DeliverySegment;
import org.tocsin.delivery.DeliveryState;
import org.tocsin.network.Receipt;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;

/** How people have answered what was published, as far as the networks have told it. */
public final class Engagements {
    /** Rows of a table that is taken away at most. */
    private static final int MOST_ROWS = 100_000;

    private static final int USUAL_DAYS = 90;

    /** The age at which posts are compared, and how far a reading may be from it: the schedule has one there. */
    private static final Duration COMPARED = Duration.ofHours(24);

    private static final Duration COMPARED_LEAST = Duration.ofHours(22);
    private static final Duration COMPARED_MOST = Duration.ofHours(30);

    private final UnitOfWork unitOfWork;
    private final EngagementRepository engagement;
    private final DeliveryRepository deliveries;
    private final ChannelRepository channels;
    private final Set<String> telling;
    private final ZoneId zone;
    private final Clock clock;

    /**
     * @param sources of the networks that tell
     * @param zone    of days
     */
    public Engagements(
            UnitOfWork unitOfWork,
            EngagementRepository engagement,
            DeliveryRepository deliveries,
            ChannelRepository channels,
            List<MetricsSource> sources,
            ZoneId zone,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.engagement = engagement;
        this.deliveries = deliveries;
        this.channels = channels;
        this.telling = sources.stream().map(MetricsSource::network).collect(Collectors.toUnmodifiableSet());
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * One channel's answer to a post.
     *
     * @param name     of the channel; its id where it is removed
     * @param url      public address, null where there is none
     * @param telling  whether its network tells at all
     * @param row      when it is read next, and why it was not; null where it is not read (yet)
     * @param readings by time; empty where there is none yet
     */
    public record OnChannel(
            Delivery delivery,
            String name,
            @Nullable String url,
            boolean telling,
            @Nullable EngagementDue row,
            List<PostMetrics> readings) {
        /** @return the last reading; empty where there is none */
        public Optional<PostMetrics> latest() {
            return readings.isEmpty() ? Optional.empty() : Optional.of(readings.getLast());
        }
    }

    /**
     * A post's.
     *
     * @param sums     of the last readings; what no network tells is unknown
     * @param told     how many channels are in the sums
     * @param channels those on which it is or was out
     */
    public record OfPost(Counts sums, int told, List<OnChannel> channels) {}

    /** @throws FaultException NOT_FOUND where the branch has no such post */
    public OfPost ofPost(Actor actor, String postId) {
        actor.require(Scope.READ);
        return unitOfWork.read(tx -> {
            List<Delivery> all = deliveries.ofPost(tx, postId).stream()
                    .filter(one -> one.branch().equals(actor.branch()))
                    .toList();
            if (all.isEmpty()) {
                throw FaultException.notFound("post", postId);
            }
            Map<String, EngagementDue> rows = engagement.ofPost(tx, actor.branch(), postId).stream()
                    .map(EngagementRepository.Of::row)
                    .collect(Collectors.toMap(EngagementDue::deliveryId, Function.identity()));
            List<OnChannel> shown = new ArrayList<>();
            for (Delivery one : all) {
                if (one.state() == DeliveryState.PUBLISHED || rows.containsKey(one.id())) {
                    shown.add(on(tx, one, rows.get(one.id())));
                }
            }
            List<Counts> latest = shown.stream()
                    .flatMap(one -> one.latest().stream())
                    .map(PostMetrics::counts)
                    .toList();
            return new OfPost(latest.stream().reduce(Counts.NONE, Counts::plus), latest.size(), shown);
        });
    }

    private OnChannel on(Tx tx, Delivery delivery, @Nullable EngagementDue row) {
        String url = deliveries.segments(tx, delivery.id()).stream()
                .findFirst()
                .map(DeliverySegment::receipt)
                .map(Receipt::url)
                .orElse(null);
        return new OnChannel(
                delivery,
                channels.find(tx, delivery.channelId())
                        .map(channel -> channel.name())
                        .orElse(delivery.channelId()),
                url,
                telling.contains(delivery.network()),
                row,
                row == null ? List.of() : engagement.history(tx, delivery.id()));
    }

    /**
     * Which deliveries are meant: those published on these days, both included.
     *
     * @param channelId null for all
     */
    public record Days(
            LocalDate from, LocalDate to, @Nullable String channelId) {}

    /**
     * @param from    first day, ISO 8601; empty for 90 days before the last
     * @param to      last day; empty for today
     * @param channel only that one; empty for all
     * @throws FaultException INVALID; NOT_FOUND where the branch never had such a channel
     */
    public Days days(Actor actor, Optional<String> from, Optional<String> to, Optional<String> channel) {
        LocalDate last =
                to.map(text -> Audiences.day("/to", text)).orElseGet(() -> LocalDate.ofInstant(clock.instant(), zone));
        LocalDate first = from.map(text -> Audiences.day("/from", text)).orElseGet(() -> last.minusDays(USUAL_DAYS));
        if (first.isAfter(last)) {
            throw FaultException.invalid("/to", Message.of("audience.engagement.order", "from", first, "to", last));
        }
        if (first.plusDays(Period.MOST_DAYS).isBefore(last)) {
            throw FaultException.invalid(
                    "/from",
                    Message.of(
                            "audience.long",
                            "days",
                            last.toEpochDay() - first.toEpochDay(),
                            "limit",
                            Period.MOST_DAYS));
        }
        channel.ifPresent(id -> requireChannel(actor, id));
        return new Days(first, last, channel.orElse(null));
    }

    private void requireChannel(Actor actor, String id) {
        // One that was removed has its figures still; whose it was, the rows say.
        boolean there = unitOfWork.read(tx -> channels.known(tx, id)
                && channels.find(tx, id)
                        .map(one -> one.branch().equals(actor.branch()))
                        .orElse(true));
        if (!there) {
            throw FaultException.notFound("channel", id);
        }
    }

    /** @param after the delivery after which the page begins, empty for the first; newest first */
    public List<EngagementRepository.Of> page(Actor actor, Days days, String after, int max) {
        actor.require(Scope.READ);
        return unitOfWork.read(tx -> engagement.page(tx, wanted(actor, days), after, max));
    }

    /**
     * @return all of them, newest first
     * @throws FaultException TOO_LARGE beyond a hundred thousand
     */
    public List<EngagementRepository.Of> all(Actor actor, Days days) {
        List<EngagementRepository.Of> all = page(actor, days, "", MOST_ROWS + 1);
        if (all.size() > MOST_ROWS) {
            throw new FaultException(
                    FaultException.Kind.TOO_LARGE,
                    new Fault(
                            "/from",
                            Message.of("audience.engagement.rows", "limit", MOST_ROWS),
                            (long) MOST_ROWS,
                            (long) all.size()));
        }
        return all;
    }

    /** What is out of those days, save rehearsals, by time. */
    public List<EngagementRepository.Out> out(Actor actor, Days days) {
        actor.require(Scope.READ);
        return unitOfWork.read(tx -> engagement.out(tx, wanted(actor, days)));
    }

    /** @return what was read of the deliveries of those days at an age of about a day; one that was not read then is not among them */
    public List<BestHours.Seen> comparable(Actor actor, Days days) {
        actor.require(Scope.READ);
        return unitOfWork
                .read(tx -> engagement.atAge(tx, wanted(actor, days), COMPARED, COMPARED_LEAST, COMPARED_MOST))
                .stream()
                .flatMap(of -> seen(of).stream())
                .toList();
    }

    private Optional<BestHours.Seen> seen(EngagementRepository.Of of) {
        PostMetrics reading = of.latest();
        OptionalLong engaged =
                reading == null ? OptionalLong.empty() : reading.counts().engagement();
        return engaged.isEmpty()
                ? Optional.empty()
                : Optional.of(new BestHours.Seen(
                        of.row().postId(),
                        of.row().channelId(),
                        LocalDateTime.ofInstant(of.row().publishedAt(), zone),
                        engaged.getAsLong()));
    }

    /** @return the day of an instant, in the organisation's zone */
    public LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }

    private EngagementRepository.Wanted wanted(Actor actor, Days days) {
        return new EngagementRepository.Wanted(
                actor.branch(),
                days.from().atStartOfDay(zone).toInstant(),
                days.to().plusDays(1).atStartOfDay(zone).toInstant(),
                days.channelId());
    }
}
