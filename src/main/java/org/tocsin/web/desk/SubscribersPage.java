package org.tocsin.web.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.people.Scope;
import org.tocsin.subscriber.ConsentRegister;
import org.tocsin.subscriber.KeptLetter;
import org.tocsin.subscriber.PersonData;
import org.tocsin.subscriber.SignUpKeeping;
import org.tocsin.subscriber.SignUpLinks;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.State;
import org.tocsin.subscriber.SubscriberImport;
import org.tocsin.subscriber.Team;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;
import org.tocsin.web.SubscriberFilter;
import org.tocsin.web.SubscriberViews;

/** Who signed up, what each agreed to, and what people ask the team to do. */
final class SubscribersPage {
    private static final String PATH = "/desk/subscribers";
    private static final int SHOWN = 50;
    private static final List<String> FILTERS = List.of("state", "topic", "language", "link", "reach");

    private final Team team;
    private final SignUpKeeping keeping;
    private final SignUpLinks brings;
    private final SubscriberImport imports;
    private final Templates templates;

    SubscribersPage(DeskParts parts, Templates templates) {
        this.team = parts.signUp().team();
        this.keeping = parts.signUp().keeping();
        this.brings = parts.signUp().brings();
        this.imports = parts.signUp().imports();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/subscribers", Scope.MANAGE, visit -> show(200, visit, "", List.of(), List.of())),
                Route.get("/desk/subscribers/register", Scope.MANAGE, this::verify),
                Route.get("/desk/subscribers/table", Scope.ADMIN, this::table),
                Route.post("/desk/subscribers/find", Scope.MANAGE, this::find),
                Route.post("/desk/subscribers/lift", Scope.ADMIN, this::lift),
                Route.get("/desk/subscribers/person/:id", Scope.MANAGE, visit -> person(200, visit, List.of())),
                Route.post("/desk/subscribers/person/:id", Scope.MANAGE, this::act));
    }

    /** On its own button: the whole register is read. */
    private Response verify(Visit visit) {
        ConsentRegister.Verified register = team.verify(visit.actor());
        return register.broken() == 0
                ? show(
                        200,
                        visit,
                        visit.t("desk.subscribers.register.whole", "rows", register.rows()),
                        List.of(),
                        List.of())
                : show(200, visit, "", List.of(), List.of(broken(visit, register)));
    }

    private static String broken(Visit visit, ConsentRegister.Verified register) {
        return visit.said(SubscriberViews.fault(register)) + " " + visit.t("desk.subscribers.register.broken");
    }

    private Response table(Visit visit) {
        SubscriberFilter filter = SubscriberFilter.of(visit.request());
        return Response.text(
                        200,
                        "text/csv; charset=utf-8; header=present",
                        imports.export(visit.actor(), filter.states(), filter.segment(), false))
                .with("Content-Disposition", "attachment; filename=\"subscribers.csv\"")
                .with("Cache-Control", "no-store");
    }

    private SubscribersSeen seen(Visit visit) {
        SubscriberFilter filter = SubscriberFilter.of(visit.request());
        String after = visit.query("after").orElse("");
        List<Subscriber> page = team.page(visit.actor(), filter.states(), filter.segment(), after, SHOWN + 1);
        List<SubscriberRow> rows =
                page.stream().limit(SHOWN).map(one -> row(visit, one)).toList();
        String picked = FILTERS.stream()
                .flatMap(name -> visit.query(name).filter(value -> !value.isBlank()).stream()
                        .map(value -> name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&"));
        String with = picked.isEmpty() ? "" : picked + "&";
        return new SubscribersSeen(
                rows,
                page.size() > SHOWN
                        ? PATH + "?" + with + "after=" + rows.getLast().id()
                        : "",
                picks(visit),
                !picked.isEmpty(),
                PATH + "/table" + (picked.isEmpty() ? "" : "?" + picked));
    }

    private List<SubscribersSeen.Pick> picks(Visit visit) {
        List<Choice> states = Stream.of(State.values())
                .map(state -> new Choice(
                        state.name(), visit.t("signup.states." + state.name().toLowerCase(Locale.ROOT))))
                .toList();
        List<Choice> topics = keeping.topics(visit.actor()).stream()
                .map(topic -> new Choice(topic.id(), topic.name(visit.language())))
                .toList();
        List<Choice> links = brings.all(visit.actor(), (link, brought) -> new Choice(link.code(), link.name()));
        return Stream.of(
                        pick(visit, "state", visit.t("desk.subscribers.filter.state"), states),
                        pick(visit, "topic", visit.t("desk.subscribers.filter.topic"), topics),
                        pick(
                                visit,
                                "language",
                                visit.t("desk.subscribers.filter.language"),
                                List.of(new Choice("fr", "français"), new Choice("en", "English"))),
                        pick(visit, "link", visit.t("desk.subscribers.filter.link"), links),
                        pick(
                                visit,
                                "reach",
                                visit.t("desk.subscribers.filter.reach"),
                                Stream.of(Subscriber.Reach.values())
                                        .map(reach -> new Choice(
                                                reach.name(),
                                                visit.t("desk.subscribers.reach."
                                                        + reach.name().toLowerCase(Locale.ROOT))))
                                        .toList()))
                .filter(pick -> !pick.values().isEmpty())
                .toList();
    }

    private static SubscribersSeen.Pick pick(Visit visit, String name, String label, List<Choice> values) {
        return new SubscribersSeen.Pick(name, label, values, visit.query(name).orElse(""));
    }

    /** @param register what it says of itself; empty where nobody asked */
    private Response show(int status, Visit visit, String register, List<SubscriberRow> found, List<String> faults) {
        Map<State, Long> counts = team.counts(visit.actor());
        ConsentRegister.Verified known = team.look(visit.actor());
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
                "seen",
                seen(visit),
                "found",
                found,
                "asked",
                status == 200 && visit.form() != Form.EMPTY,
                "register",
                register.isEmpty() && known.fault() == null
                        ? visit.t("desk.subscribers.register.whole", "rows", known.rows())
                        : register.isEmpty() ? broken(visit, known) : register,
                "whole",
                known.fault() == null,
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
        return show(200, visit, "", found, List.of());
    }

    private Response lift(Visit visit) {
        try {
            team.lift(visit.actor(), visit.form().get("address"), visit.form().get("reason"));
            return Templates.to(PATH, Done.SAVED);
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, "", List.of(), visit.said(e));
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
                "awaited",
                Objects.requireNonNullElse(data.awaited(), ""),
                "letters",
                data.letters().stream()
                        .map(letter -> new Choice(letter(visit, letter), visit.said(SubscriberViews.told(letter))))
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

    private static String letter(Visit visit, KeptLetter letter) {
        return Stream.concat(
                        Stream.ofNullable(letter.subject()),
                        letter.back().stream().map(back -> visit.said(SubscriberViews.told(back))))
                .collect(Collectors.joining(" · "));
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
                    if (!form.on("sure")) {
                        throw FaultException.invalid("/sure", Message.of("signup.page.erase.unsure"));
                    }
                    team.erase(visit.actor(), id, why);
                    return Templates.to(PATH, Done.REMOVED);
                }
                default -> throw Form.malformed();
            }
            return Templates.to(PATH + "/person/" + id, Done.SAVED);
        } catch (FaultException e) {
            return person(Problems.status(e.kind()), visit, visit.said(e));
        }
    }
}
