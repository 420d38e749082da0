package org.tocsin.audience.keeping;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.AudienceDue;
import org.tocsin.audience.AudienceRepository;
import org.tocsin.audience.AudienceSeries;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.Growth;
import org.tocsin.audience.Period;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;

/** What is known of the audience of the channels in use, for a period and another that it is compared with. */
public final class Audiences {
    private static final int USUAL_DAYS = 90;

    private final UnitOfWork unitOfWork;
    private final AudienceRepository audience;
    private final ChannelRepository channels;
    private final AudienceSeries series;
    private final ZoneId zone;
    private final Clock clock;

    /**
     * @param series what is counted beside the channels
     * @param zone   of days
     */
    public Audiences(
            UnitOfWork unitOfWork,
            AudienceRepository audience,
            ChannelRepository channels,
            AudienceSeries series,
            ZoneId zone,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.audience = audience;
        this.channels = channels;
        this.series = series;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * One channel's audience.
     *
     * @param title  what it is called where it is no channel but counted beside them; null where it is one: its name is its own
     * @param latest the last figure up to the end of the period; null where there is none
     * @param days   the figures of the period, its first day included, by day; a day without one is a gap
     * @param growth in the period; null where it is not known
     * @param before in the period that it is compared with; null where it is not known
     * @param due    when it is asked next, and why it was not told; null where its network is not asked
     */
    public record Of(
            Channel channel,
            @Nullable Message title,
            @Nullable AudienceSnapshot latest,
            List<AudienceSnapshot> days,
            @Nullable Growth growth,
            @Nullable Growth before,
            @Nullable AudienceDue due) {}

    /** @return today, in the organisation's zone */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /**
     * @param from first day, ISO 8601; empty for 90 days before the last
     * @param to   last day; empty for today
     * @throws FaultException INVALID
     */
    public Period period(Optional<String> from, Optional<String> to) {
        LocalDate last = to.map(text -> day("/to", text)).orElseGet(this::today);
        LocalDate first = from.map(text -> day("/from", text)).orElseGet(() -> last.minusDays(USUAL_DAYS));
        if (!last.isAfter(first)) {
            throw FaultException.invalid("/to", Message.of("audience.order", "from", first, "to", last));
        }
        Period period = new Period(first, last);
        if (period.days() > Period.MOST_DAYS) {
            throw FaultException.invalid(
                    "/from", Message.of("audience.long", "days", period.days(), "limit", Period.MOST_DAYS));
        }
        return period;
    }

    /** @return from the first day of which anything is known to today; the usual period where that is today or later */
    public Period everything(Actor actor) {
        actor.require(Scope.READ);
        LocalDate today = today();
        LocalDate first = unitOfWork
                .read(tx -> audience.first(tx, actor.branch()))
                .filter(day -> day.isBefore(today))
                .orElseGet(() -> today.minusDays(USUAL_DAYS));
        return new Period(first, today);
    }

    static LocalDate day(String pointer, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() < 1970 || day.getYear() > 9999) {
                throw new DateTimeException("no day of figures");
            }
            return day;
        } catch (DateTimeException e) {
            FaultException fault = FaultException.invalid(pointer, Message.of("audience.day", "value", text));
            fault.initCause(e);
            throw fault;
        }
    }

    /**
     * @param compare {@code before} (also when empty) for the period before, {@code year} for the same days a year earlier
     * @param from    first day of another period; empty for none
     * @param to      its last day; empty for as many days as the period has
     * @return what the period is compared with
     * @throws FaultException INVALID
     */
    public Period against(Period period, Optional<String> compare, Optional<String> from, Optional<String> to) {
        if (from.isPresent() || to.isPresent()) {
            LocalDate first = day("/compareFrom", from.orElse(""));
            LocalDate last = to.map(text -> day("/compareTo", text)).orElseGet(() -> first.plusDays(period.days()));
            if (!last.isAfter(first)) {
                throw FaultException.invalid("/compareTo", Message.of("audience.order", "from", first, "to", last));
            }
            if (first.plusDays(Period.MOST_DAYS).isBefore(last)) {
                throw FaultException.invalid(
                        "/compareFrom",
                        Message.of(
                                "audience.long",
                                "days",
                                last.toEpochDay() - first.toEpochDay(),
                                "limit",
                                Period.MOST_DAYS));
            }
            return new Period(first, last);
        }
        return switch (compare.orElse("before")) {
            case "before" -> period.before();
            case "year" -> period.yearBefore();
            default ->
                throw FaultException.invalid("/compare", Message.of("audience.compare", "value", compare.orElse("")));
        };
    }

    /** Compared with the period before. */
    public List<Of> of(Actor actor, Period period, Optional<String> channel) {
        return of(actor, period, period.before(), channel);
    }

    /**
     * @param against what the period is compared with
     * @param channel only that one; empty for all
     * @return by the channel's id, and then what is counted beside the channels; a channel that has no figure and is not asked is left out
     * @throws FaultException NOT_FOUND where the branch has no such channel
     */
    public List<Of> of(Actor actor, Period period, Period against, Optional<String> channel) {
        actor.require(Scope.READ);
        return unitOfWork.read(tx -> {
            LocalDate first = period.from().isBefore(against.from()) ? period.from() : against.from();
            LocalDate last = period.to().isAfter(against.to()) ? period.to() : against.to();
            List<Wanted> wanted = wanted(tx, actor, channel);
            Map<String, List<AudienceSnapshot>> figures = Stream.concat(
                            audience.lastBefore(tx, actor.branch(), first).stream(),
                            audience.between(tx, actor.branch(), first, last).stream())
                    .collect(Collectors.groupingBy(AudienceSnapshot::channelId));
            List<Of> all = new ArrayList<>();
            for (Wanted one : wanted) {
                String id = one.channel().id();
                Of of = of(
                        one,
                        figures.getOrDefault(id, List.of()),
                        period,
                        against,
                        audience.find(tx, actor.branch(), id).orElse(null));
                if (of.due() != null || of.latest() != null) {
                    all.add(of);
                }
            }
            return all;
        });
    }

    private record Wanted(Channel channel, @Nullable Message title) {}

    private List<Wanted> wanted(Tx tx, Actor actor, Optional<String> channel) {
        List<Wanted> all = Stream.concat(
                        channels.all(tx, actor.branch()).stream().map(one -> new Wanted(one, null)),
                        series.of(tx, actor.branch()).stream().map(one -> new Wanted(one.counted(), one.name())))
                .toList();
        if (channel.isEmpty()) {
            return all;
        }
        List<Wanted> one = all.stream()
                .filter(each -> each.channel().id().equals(channel.get()))
                .toList();
        if (one.isEmpty()) {
            throw FaultException.notFound("channel", channel.get());
        }
        return one;
    }

    private static Of of(
            Wanted wanted, List<AudienceSnapshot> figures, Period period, Period against, @Nullable AudienceDue due) {
        // What was told of the account that the channel had before is in the export; it is no growth of this one.
        Channel channel = wanted.channel();
        Instant since = channel.setting(Channel.ACCOUNT_SINCE_SETTING)
                .map(Instant::parse)
                .orElse(Instant.MIN);
        List<AudienceSnapshot> own =
                figures.stream().filter(one -> !one.takenAt().isBefore(since)).toList();
        List<AudienceSnapshot> known =
                own.stream().filter(one -> !one.day().isAfter(period.to())).toList();
        return new Of(
                channel,
                wanted.title(),
                known.isEmpty() ? null : known.getLast(),
                known.stream().filter(one -> !one.day().isBefore(period.from())).toList(),
                Growth.of(own, period).orElse(null),
                Growth.of(own, against).orElse(null),
                due);
    }

    /** @return all figures of those days, also of channels that are removed, by channel and day */
    public List<AudienceSnapshot> figures(Actor actor, LocalDate from, LocalDate to, Optional<String> channel) {
        actor.require(Scope.READ);
        return unitOfWork.read(tx -> audience.between(tx, actor.branch(), from, to)).stream()
                .filter(one -> channel.isEmpty() || one.channelId().equals(channel.get()))
                .toList();
    }
}
