package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.LocalNumbers;
import org.tocsin.base.UnitOfWork;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.people.UserRepository;
import org.tocsin.watch.keeping.Voices;
import org.tocsin.watch.keeping.WatchRepository;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;
import org.tocsin.web.VoiceCsv;

/** How much each watch heard beside the others: a chart, the same as a table, and what was changed of their words. */
final class VoicePage {
    private final UnitOfWork unitOfWork;
    private final UserRepository people;
    private final Voices voices;
    private final Times times;
    private final Templates templates;

    VoicePage(DeskParts parts, Times times, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.people = parts.alerting().people();
        this.voices = parts.alerting().heard().voices();
        this.times = times;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/listen/voice", Scope.READ, this::show),
                Route.get("/desk/listen/voice/table", Scope.READ, visit -> VoiceCsv.response(look(visit))));
    }

    private Voices.Look look(Visit visit) {
        return voices.of(
                visit.actor(),
                visit.query("from").filter(day -> !day.isEmpty()),
                visit.query("to").filter(day -> !day.isEmpty()),
                visit.query("watches"));
    }

    private Response show(Visit visit) {
        try {
            return page(200, visit, look(visit), List.of());
        } catch (FaultException e) {
            if (e.kind() != FaultException.Kind.INVALID) {
                throw e;
            }
            Voices.Look usual = voices.of(visit.actor(), Optional.empty(), Optional.empty(), Optional.empty());
            return page(Problems.status(e.kind()), visit, usual, visit.said(e));
        }
    }

    private Response page(int status, Visit visit, Voices.Look look, List<String> faults) {
        long all = look.voices().stream().mapToLong(Voices.Voice::mentions).sum();
        Map<String, String> names = unitOfWork
                .read(tx -> people.all(tx, visit.actor().branch()))
                .stream()
                .collect(Collectors.toMap(User::id, User::name));
        List<VoiceRow> rows = look.voices().stream()
                .map(voice -> row(visit, voice, all, names))
                .toList();
        int days = look.voices().isEmpty() ? 0 : look.voices().getFirst().days().size();
        return templates.page(
                status,
                "voice",
                visit,
                "from",
                look.from().toString(),
                "to",
                look.to().toString(),
                "svg",
                look.voices().isEmpty() ? "" : new VoiceChart(look, visit.locale()).svg(visit.t("desk.voice.chart")),
                "rows",
                rows,
                "days",
                IntStream.range(0, days)
                        .map(at -> days - 1 - at)
                        .mapToObj(at -> new DayRow(
                                times.day(look.from().plusDays(at), visit.locale()),
                                look.voices().stream()
                                        .map(voice -> counts(visit, voice.days().get(at)))
                                        .toList()))
                        .toList(),
                "table",
                new SearchAddress(Map.of(
                                "from", look.from().toString(), "to", look.to().toString()))
                        .at("/desk/listen/voice/table"),
                "faults",
                faults);
    }

    private static String counts(Visit visit, Voices.Day day) {
        String counts = visit.t(
                "desk.voice.counts",
                "mentions",
                day.count().mentions(),
                "stories",
                day.count().stories(),
                "authors",
                day.count().authors());
        return day.edited().isEmpty() ? counts : counts + " ⚑";
    }

    private static VoiceRow row(Visit visit, Voices.Voice voice, long all, Map<String, String> names) {
        long stories =
                voice.days().stream().mapToLong(day -> day.count().stories()).sum();
        return new VoiceRow(
                voice.watch().name(),
                LocalNumbers.text(voice.mentions(), visit.locale()),
                LocalNumbers.text(stories, visit.locale()),
                all == 0
                        ? "–"
                        : LocalNumbers.percent(100.0 * voice.mentions() / all, visit.locale())
                                .replace("+", ""),
                voice.edits().stream().map(edit -> edit(visit, edit, names)).toList());
    }

    private static String edit(Visit visit, WatchRepository.Version edit, Map<String, String> names) {
        @Nullable String by = names.get(edit.savedBy());
        return visit.t(
                "desk.voice.edit",
                "version",
                edit.version(),
                "time",
                visit.at(edit.savedAt()),
                "name",
                by == null ? edit.savedBy() : by,
                "query",
                edit.query());
    }
}
