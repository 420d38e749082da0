package org.tocsin.audience.keeping;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.AudienceCsv;
import org.tocsin.audience.AudienceRepository;
import org.tocsin.audience.AudienceRepository.Imported;
import org.tocsin.audience.AudienceSeries;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;

/**
 * Brings in figures of days before Tocsin counted. They are marked, never take the place of what was measured, and may be brought in as often
 * as one likes: what is there already is left alone.
 */
public final class AudienceImport {
    /** Rows of one transaction, so that no writer waits long. */
    private static final int AT_ONCE = 500;
    /** Faults that are told in one answer. */
    private static final int TOLD = 200;

    private final UnitOfWork unitOfWork;
    private final AudienceRepository audience;
    private final ChannelRepository channels;
    private final AudienceSeries series;
    private final AuditTrail audit;
    private final ZoneId zone;
    private final Clock clock;

    /**
     * @param series what has figures beside the channels
     * @param zone   of days
     */
    public AudienceImport(
            UnitOfWork unitOfWork,
            AudienceRepository audience,
            ChannelRepository channels,
            AudienceSeries series,
            AuditTrail audit,
            ZoneId zone,
            Clock clock) {
        this.unitOfWork = unitOfWork;
        this.audience = audience;
        this.channels = channels;
        this.series = series;
        this.audit = audit;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * A row that was not taken.
     *
     * @param line in the file, from 1
     */
    public record Problem(long line, Message why) {}

    /**
     * What came of it.
     *
     * @param rows     in the file, without its header
     * @param counts   of each outcome, all of them named
     * @param refused  how many could not be taken
     * @param problems the first of the refused
     * @param order    how dates that could have been read otherwise were read; null where there are none
     */
    public record Report(
            int rows,
            Map<Imported, Integer> counts,
            int refused,
            List<Problem> problems,
            @Nullable Message order) {
        /** @return how many rows came to that */
        public int count(Imported outcome) {
            return counts.getOrDefault(outcome, 0);
        }
    }

    /**
     * Takes every row that can be taken, and tells of the others.
     *
     * @param table    as {@link AudienceCsv#read} takes it
     * @param dayFirst as there
     * @throws FaultException INVALID or TOO_LARGE where it is no such table
     */
    public Report run(Actor actor, String table, boolean dayFirst) {
        actor.require(Scope.MANAGE);
        AudienceCsv.Table read = AudienceCsv.read(table, dayFirst);
        List<AudienceCsv.Row> rows = read.rows();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        Set<String> known = unitOfWork.read(tx -> Stream.concat(
                        channels.all(tx, actor.branch()).stream(),
                        series.of(tx, actor.branch()).stream().map(AudienceSeries.Series::counted))
                .map(Channel::id)
                .collect(Collectors.toCollection(TreeSet::new)));
        List<Problem> problems = new ArrayList<>();
        List<AudienceSnapshot> good = new ArrayList<>();
        for (AudienceCsv.Row row : rows) {
            switch (row) {
                case AudienceCsv.Unreadable(long line, Message why) -> problems.add(new Problem(line, why));
                case AudienceCsv.Figure figure -> {
                    Optional<Message> refusal = refusal(figure, known, today);
                    refusal.ifPresent(why -> problems.add(new Problem(figure.line(), why)));
                    if (refusal.isEmpty()) {
                        good.add(new AudienceSnapshot(
                                figure.channel(),
                                figure.day(),
                                clock.instant(),
                                figure.followers(),
                                AudienceSnapshot.Origin.IMPORTED));
                    }
                }
            }
        }
        Map<Imported, Integer> counts = stored(actor, good);
        Report report = new Report(
                rows.size(),
                counts,
                problems.size(),
                List.copyOf(problems.subList(0, Math.min(TOLD, problems.size()))),
                read.order());
        return report;
    }

    private static Optional<Message> refusal(AudienceCsv.Figure figure, Set<String> known, LocalDate today) {
        if (!known.contains(figure.channel())) {
            String written =
                    figure.channel().substring(0, Math.min(40, figure.channel().length()));
            return Optional.of(
                    Message.of("audience.csv.unknown", "channel", written, "known", String.join(", ", known)));
        }
        return figure.day().isAfter(today)
                ? Optional.of(Message.of("audience.csv.future", "day", figure.day()))
                : Optional.empty();
    }

    private Map<Imported, Integer> stored(Actor actor, List<AudienceSnapshot> good) {
        Map<Imported, Integer> counts = new EnumMap<>(Imported.class);
        for (int from = 0; from < good.size(); from += AT_ONCE) {
            List<AudienceSnapshot> part = good.subList(from, Math.min(good.size(), from + AT_ONCE));
            List<Imported> outcomes = unitOfWork.write(Urgency.BULK, tx -> {
                audit.add(tx, actor, "audience.import", "", "figures=" + part.size());
                return part.stream()
                        .map(snapshot -> audience.imported(tx, actor.branch(), snapshot))
                        .toList();
            });
            outcomes.forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
        }
        return Map.copyOf(counts);
    }
}
