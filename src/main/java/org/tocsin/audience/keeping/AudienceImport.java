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
import org.tocsin.base.TableRuns.Progress;
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
     * @param done     how many were gone through; fewer than {@code rows} where it was stopped
     * @param problems the rows that could not be taken
     * @param order    how dates that could have been read otherwise were read; null where there are none
     */
    public record Report(
            int rows,
            int done,
            Map<Imported, Integer> counts,
            List<Problem> problems,
            @Nullable Message order) {
        /** @return how many could not be taken */
        public int refused() {
            return problems.size();
        }

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
        return work(actor, AudienceCsv.read(table, dayFirst), Progress.NONE);
    }

    /** @param progress asked before each transaction */
    Report work(Actor actor, AudienceCsv.Table read, Progress progress) {
        List<AudienceCsv.Row> rows = read.rows();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        Set<String> known = unitOfWork.read(tx -> Stream.concat(
                        channels.all(tx, actor.branch()).stream(),
                        series.of(tx, actor.branch()).stream().map(AudienceSeries.Series::counted))
                .map(Channel::id)
                .collect(Collectors.toCollection(TreeSet::new)));
        List<Problem> problems = new ArrayList<>();
        Map<Imported, Integer> counts = new EnumMap<>(Imported.class);
        int done = 0;
        while (done < rows.size() && progress.goOn(done, rows.size())) {
            List<AudienceCsv.Row> some = rows.subList(done, Math.min(rows.size(), done + AT_ONCE));
            store(actor, good(some, known, today, problems), counts);
            done += some.size();
        }
        return new Report(rows.size(), done, Map.copyOf(counts), List.copyOf(problems), read.order());
    }

    /** @return those that can be taken; the others are told of */
    private List<AudienceSnapshot> good(
            List<AudienceCsv.Row> rows, Set<String> known, LocalDate today, List<Problem> problems) {
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
        return good;
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

    private void store(Actor actor, List<AudienceSnapshot> good, Map<Imported, Integer> counts) {
        if (good.isEmpty()) {
            return;
        }
        List<Imported> outcomes = unitOfWork.write(Urgency.BULK, tx -> {
            audit.add(tx, actor, "audience.import", "", "figures=" + good.size());
            return good.stream()
                    .map(snapshot -> audience.imported(tx, actor.branch(), snapshot))
                    .toList();
        });
        outcomes.forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
    }
}
