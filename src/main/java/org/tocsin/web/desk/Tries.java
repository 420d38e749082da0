package org.tocsin.web.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tocsin.base.Messages;
import org.tocsin.mention.Source;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.watch.CheckedQuery;
import org.tocsin.watch.Finding;
import org.tocsin.watch.Plain;
import org.tocsin.watch.keeping.Trial;
import org.tocsin.watch.keeping.Watches;

/** Tries words on the past, for the pages on which they are written. */
final class Tries {
    private static final Duration TRIED = Duration.ofDays(28);

    private final Trial trial;
    private final Watches watches;
    private final Sources sources;
    private final Messages messages;
    private final Clock clock;
    private final Times times;

    Tries(DeskParts parts, Times times) {
        this.trial = parts.trial();
        this.watches = parts.watches();
        this.sources = parts.sources();
        this.messages = parts.messages();
        this.clock = parts.clock();
        this.times = times;
    }

    /** @return what the words mean; empty where they cannot be read */
    String plain(Visit visit, CheckedQuery checked) {
        return checked.query() == null ? "" : new Plain(messages, visit.locale()).text(checked.query());
    }

    TrialSeen of(Visit visit, String query) {
        Instant now = clock.instant();
        Trial.Outcome outcome = trial.test(visit.actor(), query, now.minus(TRIED), now);
        CheckedQuery checked = watches.check(visit.actor(), query);
        Map<String, Integer> days = new LinkedHashMap<>();
        outcome.days().forEach((day, count) -> days.put(times.day(day, visit.locale()), count));
        Map<String, String> names = sources.all(visit.actor()).stream()
                .map(Sources.Seen::source)
                .collect(Collectors.toMap(Source::id, Source::name));
        return new TrialSeen(
                visit.t(
                        "desk.listen.tried",
                        "hits",
                        outcome.hits(),
                        "read",
                        outcome.read(),
                        "alerts",
                        Math.round(outcome.alertsPerWeek())),
                plain(visit, checked),
                checked.findings().stream()
                        .map(Finding::message)
                        .map(visit::said)
                        .toList(),
                days,
                new DaysChart(outcome.days(), LocalDate.ofInstant(now.minus(TRIED), times.zone()), visit.locale())
                        .svg(visit.t("desk.listen.days")),
                outcome.samples().stream()
                        .map(one -> HeardRows.of(visit, one.mention(), names, one.hits(), "", "", ""))
                        .toList(),
                outcome.authors(),
                outcome.words(),
                uncovered(visit, outcome, names));
    }

    /** What nobody heard cannot be counted: that is said beside what was. */
    private static List<String> uncovered(Visit visit, Trial.Outcome outcome, Map<String, String> names) {
        List<String> said = new ArrayList<>();
        if (outcome.isShort()) {
            said.add(visit.t("desk.listen.tried.short", "hours", outcome.hours()));
        }
        if (outcome.stopped()) {
            said.add(visit.t("desk.listen.tried.stopped"));
        }
        for (Trial.Covered one : outcome.coverage()) {
            String name = names.getOrDefault(one.sourceId(), one.sourceId());
            if (!one.complete()) {
                said.add(visit.t(
                        one.gaps().isEmpty() ? "desk.listen.tried.part" : "desk.listen.tried.gaps",
                        "name",
                        name,
                        "from",
                        visit.at(one.from()),
                        "to",
                        visit.at(one.to()),
                        "count",
                        one.gaps().size()));
            }
        }
        return said;
    }
}
