package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.people.Actor;

/** How much each watch heard, day by day, beside the others: share of voice. What was there before a watch was saved counts as well. */
public final class Voices {
    /** Days of one look. */
    static final int MOST_DAYS = 366;
    /** Watches of one look. */
    public static final int MOST_WATCHES = 20;

    private static final int USUAL_DAYS = 28;

    private final UnitOfWork unitOfWork;
    private final WatchRepository watches;
    private final VoiceRepository voices;
    private final ZoneId zone;
    private final Clock clock;

    /** @param zone whose days are counted */
    public Voices(UnitOfWork unitOfWork, WatchRepository watches, VoiceRepository voices, ZoneId zone, Clock clock) {
        this.unitOfWork = unitOfWork;
        this.watches = watches;
        this.voices = voices;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * What a watch heard on a day.
     *
     * @param edited versions of its words that were saved on it
     */
    public record Day(LocalDate day, VoiceRepository.Count count, List<Long> edited) {
        public Day {
            edited = List.copyOf(edited);
        }
    }

    /**
     * What a watch heard.
     *
     * @param days  every day of the period, in order
     * @param edits of its words in the period, the oldest first: a step in the figures there may be no news
     */
    public record Voice(Watch watch, List<Day> days, List<WatchRepository.Version> edits) {
        public Voice {
            days = List.copyOf(days);
            edits = List.copyOf(edits);
        }

        /** @return mentions of all days */
        public long mentions() {
            return days.stream().mapToLong(day -> day.count().mentions()).sum();
        }
    }

    /**
     * A look.
     *
     * @param to the last day, which is part of it
     */
    public record Look(LocalDate from, LocalDate to, List<Voice> voices) {
        public Look {
            voices = List.copyOf(voices);
        }
    }

    /**
     * @param from  the first day, as written; 27 days before the last where it is not given
     * @param to    the last day; today where it is not given
     * @param some  ids of watches, parted by commas; the first 20 by name where they are not given
     * @throws FaultException INVALID with what is wrong; NOT_FOUND for a watch that is not there
     */
    public Look of(Actor actor, Optional<String> from, Optional<String> to, Optional<String> some) {
        LocalDate last = to.map(text -> day("/to", text)).orElseGet(() -> LocalDate.ofInstant(clock.instant(), zone));
        LocalDate first = from.map(text -> day("/from", text)).orElse(last.minusDays(USUAL_DAYS - 1));
        if (first.isAfter(last) || ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            throw FaultException.invalid("/from", Message.of("watching.voice.period", "limit", MOST_DAYS));
        }
        return unitOfWork.read(tx -> {
            List<Watch> all = watches.all(tx, actor.branch());
            List<Watch> asked = some.filter(text -> !text.isBlank())
                    .map(text -> Arrays.stream(text.split(","))
                            .map(String::strip)
                            .distinct()
                            .map(id -> all.stream()
                                    .filter(one -> one.id().equals(id))
                                    .findFirst()
                                    .orElseThrow(() -> FaultException.notFound("watch", id)))
                            .toList())
                    .orElseGet(() -> all.stream().limit(MOST_WATCHES).toList());
            if (asked.size() > MOST_WATCHES) {
                throw FaultException.invalid("/watches", Message.of("watching.voice.watches", "limit", MOST_WATCHES));
            }
            Collection<String> ids = asked.stream().map(Watch::id).toList();
            List<Map<String, VoiceRepository.Count>> days = new ArrayList<>();
            for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
                days.add(voices.count(tx, ids, begin(day), begin(day.plusDays(1))));
            }
            return new Look(
                    first,
                    last,
                    asked.stream()
                            .map(watch -> voice(
                                    watch,
                                    first,
                                    days,
                                    watches.versions(tx, watch.id()).reversed().stream()
                                            .filter(version ->
                                                    !version.savedAt().isBefore(begin(first))
                                                            && version.savedAt().isBefore(begin(last.plusDays(1))))
                                            .toList()))
                            .toList());
        });
    }

    private Instant begin(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private Voice voice(
            Watch watch,
            LocalDate first,
            List<Map<String, VoiceRepository.Count>> counts,
            List<WatchRepository.Version> edits) {
        List<Day> days = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            LocalDate day = first.plusDays(i);
            days.add(new Day(
                    day,
                    counts.get(i).getOrDefault(watch.id(), new VoiceRepository.Count(0, 0, 0)),
                    edits.stream()
                            .filter(edit ->
                                    LocalDate.ofInstant(edit.savedAt(), zone).equals(day))
                            .map(WatchRepository.Version::version)
                            .toList()));
        }
        return new Voice(watch, days, edits);
    }

    private static LocalDate day(String pointer, String written) {
        try {
            return LocalDate.parse(written);
        } catch (DateTimeException unreadable) {
            throw FaultException.invalid(pointer, Message.of("watching.voice.day", "value", written));
        }
    }
}
