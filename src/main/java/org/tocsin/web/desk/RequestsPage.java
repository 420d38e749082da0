package org.tocsin.web.desk;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Tx;
import org.tocsin.people.Actor;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.people.Users;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.PersonRequest;
import org.tocsin.subscriber.PersonRequests;
import org.tocsin.subscriber.Team;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** What people ask for by right: what is still to be answered, with its last day, and what was done. */
final class RequestsPage {
    private static final String PATH = "/desk/requests";
    private static final int SHOWN = 50;
    private static final int OPEN = 200;

    private final PersonRequests requests;
    private final Team team;
    private final Users users;
    private final ZoneId zone;
    private final Clock clock;
    private final Templates templates;

    RequestsPage(DeskParts parts, Templates templates) {
        this.requests = parts.signUp().requests();
        this.team = parts.signUp().team();
        this.users = parts.users();
        this.zone = parts.zone();
        this.clock = parts.clock();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/requests", Scope.MANAGE, visit -> show(200, visit, List.of())),
                Route.post("/desk/requests", Scope.MANAGE, visit -> tried(visit, this::add)),
                Route.post("/desk/requests/:id", Scope.MANAGE, visit -> tried(visit, this::answer)));
    }

    private Response tried(Visit visit, Route.Page work) {
        try {
            return work.answer(visit);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.MALFORMED) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
    }

    private Response show(int status, Visit visit, List<String> faults) {
        String after = visit.query("after").orElse("");
        List<PersonRequest> open = after.isEmpty() ? requests.open(visit.actor(), OPEN) : List.of();
        List<PersonRequest> page = requests.page(visit.actor(), after, SHOWN + 1);
        Map<String, String> names = team.names(
                visit.actor(),
                Stream.concat(open.stream(), page.stream().limit(SHOWN))
                        .map(PersonRequest::subscriberId)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
        Map<String, String> members = users.all(Actor.daemon(visit.actor().branch())).stream()
                .collect(Collectors.toMap(User::id, User::name));
        return templates.page(
                status,
                "requests",
                visit,
                "open",
                open.stream().map(one -> row(visit, one, names, members)).toList(),
                "done",
                page.stream()
                        .limit(SHOWN)
                        .filter(one -> one.doneAt() != null)
                        .map(one -> row(visit, one, names, members))
                        .toList(),
                "kinds",
                Stream.of(PersonRequest.Kind.values())
                        .map(kind -> new Choice(kind.name(), visit.word("signup.request.kind", kind.name())))
                        .toList(),
                "person",
                visit.query("person").orElse(visit.form().get("person")),
                "today",
                LocalDate.ofInstant(clock.instant(), zone).toString(),
                "next",
                page.size() > SHOWN ? PATH + "?after=" + page.get(SHOWN - 1).id() : "",
                "faults",
                faults);
    }

    private RequestRow row(Visit visit, PersonRequest one, Map<String, String> names, Map<String, String> members) {
        Instant done = one.doneAt();
        String by = one.doneBy().isEmpty()
                ? visit.t("desk.requests.self")
                : members.getOrDefault(one.doneBy(), visit.t("desk.requests.program"));
        String person = Objects.requireNonNullElse(one.subscriberId(), "");
        return new RequestRow(
                one.id(),
                visit.word("signup.request.kind", one.kind().name()),
                one.door() == Door.TEAM
                        ? visit.t("desk.requests.told")
                        : visit.t("desk.subscribers.door." + one.door()),
                visit.at(one.at()),
                visit.at(one.dueAt()),
                done == null && one.dueAt().isBefore(clock.instant()),
                done == null ? "" : visit.t("desk.requests.done.by", "time", visit.at(done), "who", by),
                one.note(),
                person,
                names.getOrDefault(person, "").replace("telegram:", "Telegram "));
    }

    private Response add(Visit visit) {
        Form form = visit.form();
        PersonRequest.Kind kind = Stream.of(PersonRequest.Kind.values())
                .filter(one -> one.name().equals(form.get("kind")))
                .findFirst()
                .orElseThrow(Form::malformed);
        requests.add(visit.actor(), kind, form.some("person").orElse(null), day(form.get("at")), form.get("note"));
        return Templates.to(PATH, Done.SAVED);
    }

    /** @return the beginning of that day, or now on that of today; null where none was said */
    private @Nullable Instant day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            Instant now = clock.instant();
            return day.equals(LocalDate.ofInstant(now, zone))
                    ? now
                    : day.atStartOfDay(zone).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private Response answer(Visit visit) {
        requests.answer(visit.actor(), visit.request().param("id"), visit.form().get("note"));
        return Templates.to(PATH, Done.SAVED);
    }

    /** @return those that are open, for home: without who it is */
    static List<RequestRow> atHome(Tx tx, PersonRequests requests, Visit visit, Clock clock) {
        return visit.may("MANAGE")
                ? requests.open(tx, visit.user().branch(), Integer.MAX_VALUE).stream()
                        .map(one -> new RequestRow(
                                one.id(),
                                visit.word("signup.request.kind", one.kind().name()),
                                "",
                                visit.at(one.at()),
                                visit.at(one.dueAt()),
                                one.dueAt().isBefore(clock.instant()),
                                "",
                                one.note(),
                                "",
                                ""))
                        .toList()
                : List.of();
    }
}
