package org.tocsin.web.desk;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.base.FaultException;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.ConsentRegister;
import org.tocsin.subscriber.PersonData;
import org.tocsin.subscriber.Segment;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.State;
import org.tocsin.subscriber.Team;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;
import org.tocsin.web.SubscriberViews;

/** Who signed up, what each agreed to, and what people ask the team to do. */
final class SubscribersPage {
    private static final String PATH = "/desk/subscribers";
    private static final int SHOWN = 50;

    private final Team team;
    private final Templates templates;

    SubscribersPage(DeskParts parts, Templates templates) {
        this.team = parts.signUp().team();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/subscribers", Scope.MANAGE, visit -> show(200, visit, List.of(), List.of())),
                Route.post("/desk/subscribers/find", Scope.MANAGE, this::find),
                Route.post("/desk/subscribers/lift", Scope.ADMIN, this::lift),
                Route.get("/desk/subscribers/person/:id", Scope.MANAGE, visit -> person(200, visit, List.of())),
                Route.post("/desk/subscribers/person/:id", Scope.MANAGE, this::act));
    }

    private Response show(int status, Visit visit, List<SubscriberRow> found, List<String> faults) {
        Map<State, Long> counts = team.counts(visit.actor());
        String after = visit.request().query("after").orElse("");
        List<Subscriber> page = team.page(visit.actor(), List.of(), Segment.ALL, after, SHOWN);
        ConsentRegister.Verified register = team.look(visit.actor());
        return templates.page(
                status,
                "subscribers",
                visit,
                "counts",
                Stream.of(State.values())
                        .map(state -> new Choice(
                                String.valueOf(counts.getOrDefault(state, 0L)),
                                visit.t("signup.states." + state.name().toLowerCase(Locale.ROOT))))
                        .toList(),
                "rows",
                page.stream().map(one -> row(visit, one)).toList(),
                "next",
                page.size() < SHOWN ? "" : PATH + "?after=" + page.getLast().id(),
                "found",
                found,
                "asked",
                status == 200 && visit.form() != Form.EMPTY,
                "register",
                register.fault() == null
                        ? visit.t("desk.subscribers.register.whole", "rows", register.rows())
                        : visit.said(SubscriberViews.fault(register)) + " "
                                + visit.t("desk.subscribers.register.broken"),
                "whole",
                register.broken() == 0,
                "faults",
                faults);
    }

    private static SubscriberRow row(Visit visit, Subscriber one) {
        Subscriber.Person person = one.person();
        String who = Optional.ofNullable(person.address())
                .orElseGet(() -> person.telegramId() == null ? "" : "Telegram " + person.telegramId());
        String detail = Stream.of(
                        visit.t("desk.subscribers.reach." + one.reach().name().toLowerCase(Locale.ROOT)),
                        one.language().equals("fr") ? "français" : "English",
                        one.link(),
                        visit.at(Objects.requireNonNullElse(one.confirmedAt(), one.createdAt())))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" · "));
        return new SubscriberRow(
                one.id(),
                who,
                visit.t("signup.states." + one.state().name().toLowerCase(Locale.ROOT)),
                one.state() == State.CONFIRMED,
                detail);
    }

    private Response find(Visit visit) {
        List<SubscriberRow> found = team.find(visit.actor(), visit.form().get("who")).stream()
                .map(id -> row(visit, team.data(visit.actor(), id).subscriber()))
                .toList();
        return show(200, visit, found, List.of());
    }

    private Response lift(Visit visit) {
        try {
            team.lift(visit.actor(), visit.form().get("address"), visit.form().get("reason"));
            return Templates.to(PATH, Done.SAVED);
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, List.of(), visit.said(e));
        }
    }

    private Response person(int status, Visit visit, List<String> faults) {
        PersonData data = team.data(visit.actor(), visit.request().param("id"));
        Subscriber one = data.subscriber();
        return templates.page(
                status,
                "subscriber",
                visit,
                "row",
                row(visit, one),
                "topics",
                data.topics().isEmpty() ? visit.t("signup.data.everything") : String.join(", ", data.topics()),
                "steps",
                data.history().stream()
                        .map(step -> new Choice(
                                Objects.requireNonNullElse(step.text(), ""),
                                visit.t(
                                                "signup.data.step",
                                                "at",
                                                step.at(),
                                                "kind",
                                                step.consent().kind())
                                        + " · "
                                        + visit.t("desk.subscribers.door."
                                                + step.consent().door())))
                        .toList(),
                "restricted",
                one.state() == State.RESTRICTED,
                "there",
                one.state() != State.LEFT && one.state() != State.UNREACHABLE,
                "account",
                one.person().telegramId() != null,
                "faults",
                faults);
    }

    private Response act(Visit visit) {
        String id = visit.request().param("id");
        Form form = visit.form();
        String why = form.some("reason").orElse(null);
        try {
            switch (form.get("act")) {
                case "leave" -> team.leave(visit.actor(), id, why);
                case "restrict" -> team.restrict(visit.actor(), id, true, why);
                case "release" -> team.restrict(visit.actor(), id, false, why);
                case "correct" -> team.correct(visit.actor(), id, form.get("address"));
                case "erase" -> {
                    if (form.on("sure")) {
                        team.erase(visit.actor(), id, why);
                        return Templates.to(PATH, Done.REMOVED);
                    }
                }
                default -> throw Form.malformed();
            }
            return Templates.to(PATH + "/person/" + id, Done.SAVED);
        } catch (FaultException e) {
            return person(Problems.status(e.kind()), visit, visit.said(e));
        }
    }
}
