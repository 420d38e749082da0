package org.tocsin.web.desk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.alert.Sender;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.base.UnitOfWork;
import org.tocsin.delivery.Notices;
import org.tocsin.people.Scope;
import org.tocsin.people.UserRepository;
import org.tocsin.recipient.QuietHours;
import org.tocsin.recipient.Recipient;
import org.tocsin.recipient.Recipients;
import org.tocsin.recipient.TelegramLink;
import org.tocsin.recipient.Way;
import org.tocsin.recipient.WayKind;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** Whom alerts and notices reach, and by which ways. */
final class RecipientsPage {
    private static final String PATH = "/desk/recipients";

    private final Recipients recipients;
    private final Sender sender;
    private final TelegramLink links;
    private final UnitOfWork unitOfWork;
    private final UserRepository users;
    private final Templates templates;

    RecipientsPage(DeskParts parts, Templates templates) {
        this.recipients = parts.alerting().recipients();
        this.sender = parts.alerting().sender();
        this.links = parts.alerting().links();
        this.unitOfWork = parts.unitOfWork();
        this.users = parts.alerting().people();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/recipients", Scope.MANAGE, visit -> show(200, visit, List.of())),
                Route.post("/desk/recipients/:id/telegram", Scope.MANAGE, this::code),
                Route.post("/desk/recipients", Scope.MANAGE, this::add),
                Route.post("/desk/recipients/:id", Scope.MANAGE, this::change),
                Route.post("/desk/recipients/:id/ways", Scope.MANAGE, this::addWay),
                Route.post("/desk/recipients/:id/ways/:way", Scope.MANAGE, this::way));
    }

    private Response code(Visit visit) {
        String code = links.code(visit.actor(), visit.request().param("id")).reveal();
        return show(200, visit, List.of(), "/start " + code);
    }

    private Response show(int status, Visit visit, List<String> faults) {
        return show(status, visit, faults, "");
    }

    /** @param code to be written to the bot, shown this once; empty for none */
    private Response show(int status, Visit visit, List<String> faults, String code) {
        List<Recipients.Seen> all = recipients.all(visit.actor());
        return templates.page(
                status,
                "recipients",
                visit,
                "code",
                code,
                "recipients",
                all.stream().map(seen -> row(visit, seen)).toList(),
                "choices",
                all.stream()
                        .map(seen -> new Choice(
                                seen.recipient().id(), seen.recipient().name()))
                        .toList(),
                "team",
                unitOfWork.read(tx -> users.all(tx, visit.actor().branch())).stream()
                        .map(user -> new Choice(user.id(), user.name()))
                        .toList(),
                "kinds",
                Stream.of(Notices.Kind.values())
                        .filter(kind -> kind != Notices.Kind.WAY)
                        .map(kind -> new Choice(kind.name(), visit.word("web.notice", kind.name())))
                        .toList(),
                "ways",
                Arrays.stream(WayKind.values())
                        .map(kind -> new Choice(kind.name(), visit.word("alerting.kind", kind.name())))
                        .toList(),
                "faults",
                faults);
    }

    private static RecipientRow row(Visit visit, Recipients.Seen seen) {
        Recipient one = seen.recipient();
        QuietHours quiet = one.quiet();
        return new RecipientRow(
                one.id(),
                one.name(),
                one.language().toLanguageTag(),
                one.zone().getId(),
                quiet == null ? "" : quiet.from() + "-" + quiet.to(),
                one.budget(),
                one.notices().stream().map(Enum::name).collect(Collectors.toSet()),
                one.nextId() == null ? "" : one.nextId(),
                one.userId() == null ? "" : one.userId(),
                seen.ways().stream().map(way -> row(visit, way)).toList(),
                one.version());
    }

    private static WayRow row(Visit visit, Way way) {
        Way.Health health = way.health();
        String state = health.failure() != null
                ? visit.t("desk.recipients.fails")
                : health.lastSuccessAt() == null
                        ? visit.t("desk.recipients.untried")
                        : visit.t("desk.recipients.well", "time", visit.at(health.lastSuccessAt()));
        return new WayRow(
                way.id(),
                visit.word("alerting.kind", way.kind().name()),
                way.kind().settings().stream().map(way::setting).collect(Collectors.joining(" · ")),
                health.failure() == null,
                state,
                health.failure() == null ? "" : visit.said(health.failure()));
    }

    private static Recipients.Wanted wanted(Form form, boolean changed) {
        int budget = form.get("budget").matches("\\d{1,6}") ? Integer.parseInt(form.get("budget")) : 0;
        return new Recipients.Wanted(
                form.get("name"),
                form.get("userId"),
                form.get("language"),
                form.get("zone"),
                form.get("quiet"),
                budget,
                form.all("notices"),
                form.get("next"),
                changed ? form.version() : null);
    }

    private Response add(Visit visit) {
        return done(visit, () -> {
            recipients.add(visit.actor(), wanted(visit.form(), false));
            return Done.SAVED;
        });
    }

    private Response change(Visit visit) {
        Form form = visit.form();
        String id = visit.request().param("id");
        String act = form.act("save", "remove");
        return done(visit, () -> {
            if (act.equals("remove")) {
                recipients.remove(visit.actor(), id, form.version());
            } else {
                recipients.change(visit.actor(), id, wanted(form, true));
            }
            return Done.SAVED;
        });
    }

    private Response addWay(Visit visit) {
        Form form = visit.form();
        Map<String, String> given = new HashMap<>();
        for (String name : form.names()) {
            given.put(name, form.get(name));
        }
        return done(visit, () -> {
            recipients.addWay(visit.actor(), visit.request().param("id"), form.get("kind"), given);
            return Done.SAVED;
        });
    }

    private Response way(Visit visit) {
        String id = visit.request().param("id");
        String wayId = visit.request().param("way");
        if (visit.form().act("test", "remove").equals("remove")) {
            return done(visit, () -> {
                recipients.removeWay(visit.actor(), id, wayId);
                return Done.SAVED;
            });
        }
        Recipients.Seen seen = recipients.find(visit.actor(), id);
        Optional<Message> failure = sender.test(visit.actor(), seen, recipients.way(visit.actor(), id, wayId));
        return failure.isEmpty()
                ? Templates.to(PATH, Done.TESTED)
                : show(502, visit, List.of(visit.said(failure.get())));
    }

    private interface Work {
        Done run();
    }

    private Response done(Visit visit, Work work) {
        try {
            return Templates.to(PATH, work.run());
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
    }
}
