package org.tocsin.web.desk;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tocsin.base.LocalTimes;
import org.tocsin.base.Tx;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Delivery;
import org.tocsin.delivery.DeliveryRepository;
import org.tocsin.delivery.Freeze;
import org.tocsin.delivery.RemovalRepository;
import org.tocsin.people.Scope;
import org.tocsin.publishing.CalendarRepository;
import org.tocsin.web.FrozenTimes;
import org.tocsin.web.Response;
import org.tocsin.web.desk.CalendarSpan.View;

/** The posts by day: a month, a week, or one after the other. What needs a person stands above them. */
final class CalendarPage {
    /** Of a day; the others are behind a line that counts them. */
    private static final int SHOWN = 4;

    /** Of a day in a week, with those behind the line. */
    private static final int FOLDED = 10;

    /** On a page of the list. */
    private static final int LISTED = 50;

    private static final int NEEDS = 5;

    private final UnitOfWork unitOfWork;
    private final CalendarRepository calendar;
    private final DeliveryRepository deliveries;
    private final RemovalRepository removals;
    private final Waiting waiting;
    private final Entries entries;
    private final Rows rows;
    private final Clock clock;
    private final ZoneId zone;
    private final Times times;
    private final Templates templates;

    CalendarPage(DeskParts parts, Rows rows, Times times, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.calendar = parts.calendar();
        this.deliveries = parts.deliveries();
        this.removals = parts.removals();
        this.waiting = new Waiting(parts);
        this.entries = new Entries(parts.posts(), parts.clock(), parts.zone());
        this.rows = rows;
        this.clock = parts.clock();
        this.zone = parts.zone();
        this.times = times;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(Route.get("/desk/calendar", Scope.READ, this::show));
    }

    private Response show(Visit visit) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        CalendarSpan span = CalendarSpan.of(visit.query("view"), visit.query("date"), today);
        int skip = span.view() == View.LIST ? skip(visit) : 0;
        FrozenTimes frozen = rows.frozen(visit);
        return unitOfWork.read(tx -> {
            Map<String, String> names = visit.channels();
            Map<LocalDate, List<Entries.Found>> found =
                    entries.byDay(calendar.between(tx, visit.user().branch(), span.from(zone), span.until(zone)));
            int all = found.entrySet().stream()
                    .filter(day -> span.view() != View.MONTH
                            || day.getKey().getMonthValue() == span.date().getMonthValue())
                    .mapToInt(day -> day.getValue().size())
                    .sum();
            List<Delivery> needs = needs(tx, visit);
            int needing = waiting.deliveries(tx, visit.user().branch()).planned();
            return templates.page(
                    200,
                    "calendar",
                    visit,
                    "at",
                    new CalendarHead(
                            span.view().word(),
                            title(visit, span),
                            span.date().toString(),
                            skip == 0 ? CalendarSpan.path(span.view(), span.date()) : list(span.date(), skip),
                            CalendarSpan.path(span.view(), span.turned(-1)),
                            CalendarSpan.path(span.view(), today),
                            CalendarSpan.path(span.view(), span.turned(1)),
                            all,
                            skip == 0 ? "" : list(span.date(), Math.max(0, skip - LISTED)),
                            span.view() == View.LIST && all > skip + LISTED ? list(span.date(), skip + LISTED) : ""),
                    "weekdays",
                    Stream.of(DayOfWeek.values())
                            .map(day -> times.weekday(day, visit.locale()))
                            .toList(),
                    "days",
                    days(tx, visit, span, today, page(span, found, skip), frozen, names),
                    "needs",
                    rows.of(tx, visit, frozen, needs),
                    "others",
                    Math.max(0, needing - needs.size()));
        });
    }

    private static int skip(Visit visit) {
        return visit.query("skip")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    private static String list(LocalDate date, int skip) {
        return CalendarSpan.path(View.LIST, date) + "&skip=" + skip;
    }

    /** The first of what is late, held, not known or could not be taken back; each once. */
    private List<Delivery> needs(Tx tx, Visit visit) {
        Instant before = clock.instant().minus(Rows.LATE);
        return Stream.of(
                        deliveries.forPerson(tx, visit.user().branch(), Waiting.PERSON, NEEDS).stream()
                                .map(Delivery::id),
                        removals.forPerson(tx, visit.user().branch(), NEEDS).stream(),
                        calendar.overdue(tx, visit.user().branch(), before, NEEDS).stream())
                .flatMap(ids -> ids)
                .distinct()
                .limit(NEEDS)
                .flatMap(id -> deliveries.find(tx, id).stream())
                .toList();
    }

    /** Of a list only a page. */
    private static Map<LocalDate, List<Entries.Found>> page(
            CalendarSpan span, Map<LocalDate, List<Entries.Found>> found, int skip) {
        if (span.view() != View.LIST) {
            return found;
        }
        Map<LocalDate, List<Entries.Found>> page = new LinkedHashMap<>();
        int seen = 0;
        for (Map.Entry<LocalDate, List<Entries.Found>> day : found.entrySet()) {
            int from = Math.clamp(skip - seen, 0, day.getValue().size());
            int until = Math.clamp(skip + LISTED - seen, 0, day.getValue().size());
            if (from < until) {
                page.put(day.getKey(), day.getValue().subList(from, until));
            }
            seen += day.getValue().size();
        }
        return page;
    }

    private List<CalendarDay> days(
            Tx tx,
            Visit visit,
            CalendarSpan span,
            LocalDate today,
            Map<LocalDate, List<Entries.Found>> found,
            FrozenTimes frozen,
            Map<String, String> names) {
        List<CalendarDay> days = new ArrayList<>();
        for (LocalDate date : span.days()) {
            List<Entries.Found> all = found.getOrDefault(date, List.of());
            int shown = span.view() == View.LIST ? all.size() : Math.min(SHOWN, all.size());
            int folded = span.view() == View.WEEK ? Math.min(FOLDED, all.size()) : shown;
            CalendarDay day = new CalendarDay(
                    date.toString(),
                    times.day(date, visit.locale()),
                    String.valueOf(date.getDayOfMonth()),
                    date.equals(today),
                    span.view() == View.MONTH
                            && date.getMonthValue() != span.date().getMonthValue(),
                    clocks(visit, date),
                    freezes(visit, frozen, date, names),
                    entries.of(tx, visit, all.subList(0, shown), names),
                    entries.of(tx, visit, all.subList(shown, folded), names),
                    all.size() - folded);
            if (span.view() != View.LIST || !day.empty()) {
                days.add(day);
            }
        }
        return days;
    }

    private String title(Visit visit, CalendarSpan span) {
        return switch (span.view()) {
            case MONTH -> times.month(span.date(), visit.locale());
            case WEEK, LIST ->
                visit.t(
                        "desk.calendar.span",
                        "from",
                        times.day(span.first(), visit.locale()),
                        "until",
                        times.day(span.last().minusDays(1), visit.locale()));
        };
    }

    /** A day of 23 or 25 hours says so: what is planned into it may be an hour off what one thinks. */
    private String clocks(Visit visit, LocalDate date) {
        ZoneOffsetTransition next = zone.getRules()
                .nextTransition(date.atStartOfDay(zone).toInstant().minusNanos(1));
        if (next == null || !next.getDateTimeBefore().toLocalDate().equals(date)) {
            return "";
        }
        String before = LocalTimes.hour(next.getDateTimeBefore(), visit.locale());
        String after = LocalTimes.hour(next.getDateTimeAfter(), visit.locale());
        return next.isGap()
                ? visit.t("desk.calendar.forward", "before", before, "after", after)
                : visit.t("desk.calendar.back", "before", before, "after", after);
    }

    private List<String> freezes(Visit visit, FrozenTimes frozen, LocalDate date, Map<String, String> names) {
        Instant start = date.atStartOfDay(zone).toInstant();
        Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
        return frozen.standing().stream()
                .filter(freeze -> freeze.from().isBefore(end)
                        && (freeze.until() == null || freeze.until().isAfter(start)))
                .map(freeze -> frost(visit, freeze, names))
                .toList();
    }

    private static String frost(Visit visit, Freeze freeze, Map<String, String> names) {
        String channels = String.join(
                ", ",
                freeze.channels().stream()
                        .map(id -> names.getOrDefault(id, id))
                        .sorted()
                        .toList());
        return channels.isEmpty()
                ? visit.t("desk.calendar.frozen", "reason", freeze.reason())
                : visit.t("desk.calendar.frozen.some", "reason", freeze.reason(), "channels", channels);
    }
}
