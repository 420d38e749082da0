package org.tocsin.web.desk;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.audience.Annotation;
import org.tocsin.audience.AnnotationCsv;
import org.tocsin.audience.AudienceCsv;
import org.tocsin.audience.AudienceDue;
import org.tocsin.audience.AudienceSnapshot;
import org.tocsin.audience.BestHoursCsv;
import org.tocsin.audience.EngagementRepository;
import org.tocsin.audience.Growth;
import org.tocsin.audience.Period;
import org.tocsin.audience.keeping.Annotations;
import org.tocsin.audience.keeping.Audiences;
import org.tocsin.base.FaultException;
import org.tocsin.base.LocalNumbers;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** How many follow each channel, and how that grew: numbers, charts, the same as a table, and what people have noted beside them. */
final class AudiencePage {
    private static final Set<String> COMPARED = Set.of("before", "year", "own");
    /** A page stays small: of what was noted the newest. */
    private static final int NOTES = 50;

    /** A mark of what was imported, beside a number. */
    static final String IMPORTED = "\u00a0*";

    private final Audiences audiences;
    private final Annotations annotations;
    private final PostsAndGrowth beside;
    private final Templates templates;

    AudiencePage(DeskParts parts, Templates templates) {
        this.audiences = parts.audiences();
        this.annotations = parts.annotations();
        this.beside = new PostsAndGrowth(parts);
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/audience", Scope.READ, visit -> show(200, visit, List.of())),
                Route.get("/desk/audience/figures", Scope.READ, this::table),
                Route.get("/desk/audience/engagement", Scope.READ, this::answers),
                Route.get("/desk/audience/hours", Scope.READ, this::hours),
                Route.get("/desk/audience/annotations", Scope.READ, this::noted),
                Route.get("/desk/audience/chart/:id", Scope.READ, this::picture),
                Route.post("/desk/audience/notes", Scope.MANAGE, this::note),
                Route.post("/desk/audience/notes/:id/remove", Scope.MANAGE, this::strike));
    }

    /** @param faults of what was typed */
    private Response show(int status, Visit visit, List<String> faults) {
        List<String> wrong = new ArrayList<>(faults);
        Asked asked = Asked.of(visit, audiences, wrong);
        Period period = asked.period();
        Period against = against(visit, period, wrong);
        List<Audiences.Of> all = audiences.of(visit.actor(), period, against, Optional.empty());
        List<EngagementRepository.Out> out = beside.out(visit, period);
        List<Annotation> notes = annotations.of(visit.actor(), period);
        List<Annotation> newest = notes.subList(Math.max(0, notes.size() - NOTES), notes.size());
        Thinned thinned = Thinned.of(period);
        return templates.page(
                wrong.isEmpty() || status != 200 ? status : 422,
                "audience",
                visit,
                "asked",
                asked,
                "step",
                thinned.step(),
                "rowDays",
                rowDays(period),
                "cards",
                all.stream()
                        .map(one -> card(
                                visit,
                                one,
                                period,
                                against,
                                notes,
                                beside.offsets(out, one.channel().id(), period)))
                        .toList(),
                "heads",
                all.stream().map(one -> name(visit, one)).toList(),
                "rows",
                rows(visit, all, period),
                "beside",
                beside.tables(visit, all, out, period),
                "against",
                against,
                "compare",
                compare(visit),
                "compared",
                visit.t("desk.compare.with", "from", against.from(), "to", against.to()),
                "notes",
                newest.stream().map(one -> note(visit, one, period)).toList(),
                "flags",
                joined(thinned
                        .offsets(notes.subList(0, notes.size() - newest.size()).stream()
                                .map(one -> ChronoUnit.DAYS.between(period.from(), one.day()))
                                .toList())
                        .stream()),
                "more",
                notes.size() - newest.size(),
                "today",
                audiences.today().toString(),
                "faults",
                wrong);
    }

    /** Who changes the dates means them, whatever the list above them says. */
    private static String compare(Visit visit) {
        return dated(visit, "compareFrom", "seenFrom") || dated(visit, "compareTo", "seenTo")
                ? "own"
                : visit.query("compare").filter(COMPARED::contains).orElse("before");
    }

    private static boolean dated(Visit visit, String field, String shown) {
        Optional<String> seen = visit.query(shown);
        return seen.isPresent() && !seen.equals(visit.query(field).filter(text -> !text.isBlank()));
    }

    /** What cannot be read is said, and the period before stands in for it. */
    private Period against(Visit visit, Period period, List<String> faults) {
        String compare = compare(visit);
        try {
            return compare.equals("own")
                    ? audiences.against(
                            period,
                            Optional.empty(),
                            Optional.of(visit.query("compareFrom").orElse("")),
                            visit.query("compareTo").filter(text -> !text.isBlank()))
                    : audiences.against(period, Optional.of(compare), Optional.empty(), Optional.empty());
        } catch (FaultException e) {
            faults.addAll(visit.said(e));
            return period.before();
        }
    }

    private static AudienceCard card(
            Visit visit, Audiences.Of of, Period period, Period against, List<Annotation> notes, List<Long> posts) {
        AudienceSnapshot latest = of.latest();
        Growth growth = of.growth();
        AudienceDue due = of.due();
        Message why = due == null ? null : due.reason();
        Thinned thinned = Thinned.of(period);
        List<AudienceSnapshot> figures = thinned.figures(of.days());
        return new AudienceCard(
                of.channel().id(),
                name(visit, of),
                of.channel().network(),
                Marks.letter(of.channel().network()),
                latest == null ? "" : LocalNumbers.text(latest.followers(), visit.locale()),
                latest == null
                        ? visit.t("desk.audience.unknown")
                        : latest.origin() == AudienceSnapshot.Origin.IMPORTED
                                ? visit.t("desk.audience.imported", "day", latest.day())
                                : visit.t("desk.audience.measured", "day", latest.day()),
                growth == null || growth.net() == 0 ? "quiet" : growth.net() > 0 ? "good" : "wrong",
                growth(visit, growth),
                growth == null
                        ? ""
                        : visit.t(
                                "desk.audience.span",
                                "from",
                                growth.opening().day(),
                                "to",
                                growth.closing().day()),
                of.before() == null
                        ? ""
                        : against.equals(period.before())
                                ? visit.t("desk.audience.before", "growth", growth(visit, of.before()))
                                : visit.t(
                                        "desk.audience.compared",
                                        "from",
                                        against.from(),
                                        "to",
                                        against.to(),
                                        "growth",
                                        growth(visit, of.before())),
                why == null ? "" : visit.said(why),
                figures.isEmpty() ? "" : svg(visit, of, period, notes, posts),
                joined(figures.stream().map(one -> ChronoUnit.DAYS.between(period.from(), one.day()))),
                joined(figures.stream().map(AudienceSnapshot::followers)),
                joined(figures.stream()
                        .filter(one -> one.origin() == AudienceSnapshot.Origin.IMPORTED)
                        .map(one -> ChronoUnit.DAYS.between(period.from(), one.day()))),
                joined(thinned.offsets(posts).stream()));
    }

    /** A channel's own, or what is counted beside the channels as the reader's language has it. */
    static String name(Visit visit, Audiences.Of of) {
        return of.title() == null ? of.channel().name() : visit.said(of.title());
    }

    private static String joined(Stream<Long> numbers) {
        return numbers.map(String::valueOf).collect(Collectors.joining(" "));
    }

    private static String growth(Visit visit, @Nullable Growth growth) {
        if (growth == null) {
            return "";
        }
        String net = LocalNumbers.signed(growth.net(), visit.locale());
        return growth.percent().isEmpty()
                ? net
                : net + " · " + LocalNumbers.percent(growth.percent().getAsDouble(), visit.locale());
    }

    private static String svg(Visit visit, Audiences.Of of, Period period, List<Annotation> notes, List<Long> posts) {
        return new AudienceChart(
                        period, of.days(), notes, posts, visit.t("desk.audience.imported.line"), visit.locale())
                .svg(visit.t(
                        "desk.audience.chart", "channel", name(visit, of), "from", period.from(), "to", period.to()));
    }

    /** How many days a row of the table stands for: a page stays small. */
    private static int rowDays(Period period) {
        long days = period.days();
        return days <= 92 ? 1 : days <= 400 ? 7 : days <= 3700 ? 28 : 364;
    }

    /** A row for a day or a few of them, whose figure is its last. Empty where nothing is known. */
    private static List<List<String>> rows(Visit visit, List<Audiences.Of> all, Period period) {
        int step = rowDays(period);
        TreeMap<LocalDate, Map<String, AudienceSnapshot>> byRow = new TreeMap<>();
        for (Audiences.Of of : all) {
            for (AudienceSnapshot one : of.days()) {
                long ago = ChronoUnit.DAYS.between(one.day(), period.to()) / step * step;
                byRow.computeIfAbsent(period.to().minusDays(ago), day -> new TreeMap<>())
                        .put(one.channelId(), one);
            }
        }
        List<List<String>> rows = new ArrayList<>();
        byRow.descendingMap().forEach((day, figures) -> {
            List<String> row = new ArrayList<>();
            row.add(visit.day(day));
            for (Audiences.Of of : all) {
                AudienceSnapshot one = figures.get(of.channel().id());
                row.add(one == null ? "–" : figure(visit, one));
            }
            rows.add(row);
        });
        return rows;
    }

    /** @return a figure, marked where it was imported */
    static String figure(Visit visit, AudienceSnapshot one) {
        String number = LocalNumbers.text(one.followers(), visit.locale());
        return one.origin() == AudienceSnapshot.Origin.IMPORTED ? number + IMPORTED : number;
    }

    private static AudienceNote note(Visit visit, Annotation one, Period period) {
        Message kind = switch (one.kind()) {
            case MEETING -> Message.of("desk.audience.kind.meeting");
            case LEAFLET -> Message.of("desk.audience.kind.leaflet");
            case TV -> Message.of("desk.audience.kind.tv");
            case OTHER -> Message.of("desk.audience.kind.other");
        };
        return new AudienceNote(
                one.id(),
                ChronoUnit.DAYS.between(period.from(), one.day()),
                visit.day(one.day()),
                visit.said(kind),
                one.text(),
                one.version());
    }

    /** Of a period that cannot be read nothing is given: a file shows no fault. */
    private Asked asked(Visit visit) {
        List<String> faults = new ArrayList<>();
        Asked asked = Asked.of(visit, audiences, faults);
        if (!faults.isEmpty()) {
            audiences.period(visit.query("from"), visit.query("to"));
        }
        return asked;
    }

    private static Response csv(Visit visit, String name, Asked asked, String table) {
        String file = name + "-" + asked.period().from() + "-" + asked.period().to() + ".csv";
        return Response.text(200, "text/csv; charset=utf-8; header=present", SheetTable.of(table, visit.locale()))
                .with("Content-Disposition", "attachment; filename=\"" + file + "\"")
                .with("Cache-Control", "no-store");
    }

    private Response table(Visit visit) {
        Asked asked = asked(visit);
        Period period = asked.period();
        return csv(
                visit,
                "audience",
                asked,
                AudienceCsv.write(audiences.figures(visit.actor(), period.from(), period.to(), Optional.empty())));
    }

    private Response answers(Visit visit) {
        Asked asked = asked(visit);
        return csv(visit, "engagement", asked, beside.answers(visit, asked.period()));
    }

    private Response hours(Visit visit) {
        Asked asked = asked(visit);
        return csv(visit, "hours", asked, BestHoursCsv.write(beside.best(visit, asked.period())));
    }

    private Response noted(Visit visit) {
        Asked asked = asked(visit);
        return csv(visit, "annotations", asked, AnnotationCsv.write(annotations.of(visit.actor(), asked.period())));
    }

    private Response picture(Visit visit) {
        String id = visit.request().param("id");
        Period period = asked(visit).period();
        Audiences.Of of = audiences.of(visit.actor(), period, Optional.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> FaultException.notFound("channel", id));
        String name = of.channel().id() + "-" + period.to() + ".svg";
        return Response.text(
                        200,
                        "image/svg+xml; charset=utf-8",
                        svg(
                                visit,
                                of,
                                period,
                                annotations.of(visit.actor(), period),
                                beside.offsets(beside.out(visit, period), id, period)))
                .with("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .with("Content-Security-Policy", "default-src 'none'; sandbox")
                .with("Cache-Control", "no-store");
    }

    private Response note(Visit visit) {
        Form form = visit.form();
        try {
            annotations.save(
                    visit.actor(),
                    new Annotations.Wanted(null, form.get("day"), form.get("kind"), form.get("text"), null));
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
        return Templates.to("/desk/audience?" + asked(visit).query(), Done.NOTED);
    }

    private Response strike(Visit visit) {
        String id = visit.request().param("id");
        try {
            annotations.remove(visit.actor(), id, Optional.of(visit.form().version()));
        } catch (FaultException e) {
            if (e.kind() != FaultException.Kind.CONFLICT) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
        return Templates.to("/desk/audience?" + asked(visit).query(), Done.STRUCK);
    }
}
