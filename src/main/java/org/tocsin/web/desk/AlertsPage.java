package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.hearing.Sources;
import org.tocsin.people.Scope;
import org.tocsin.people.User;
import org.tocsin.people.UserRepository;
import org.tocsin.recipient.Recipients;
import org.tocsin.watch.keeping.Alert;
import org.tocsin.watch.keeping.AlertRepository.Filter;
import org.tocsin.watch.keeping.Alerts;
import org.tocsin.watch.keeping.Tides;
import org.tocsin.watch.keeping.Watch;
import org.tocsin.watch.keeping.Watches;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** The inbox of alerts: what is open, what is mine, what is urgent; and what is done with each. */
final class AlertsPage {
    private static final int MOST = 50;
    private static final String PATH = "/desk/alerts";

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final Sources sources;
    private final Watches watches;
    private final Alerts alerts;
    private final Tides tides;
    private final Recipients recipients;
    private final UserRepository users;
    private final Replies replies;
    private final Templates templates;

    AlertsPage(DeskParts parts, Replies replies, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.mentions = parts.mentions();
        this.sources = parts.sources();
        this.watches = parts.watches();
        this.alerts = parts.alerts();
        this.tides = parts.alerting().heard().tides();
        this.recipients = parts.alerting().recipients();
        this.users = parts.alerting().people();
        this.replies = replies;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/alerts", Scope.READ, this::inbox),
                Route.get("/desk/alerts/:id", Scope.READ, visit -> one(200, visit, List.of())),
                Route.post("/desk/alerts/:id", Scope.POST, this::act));
    }

    private Response inbox(Visit visit) {
        String show = visit.query("show").orElse("open");
        Filter filter = switch (show) {
            case "mine" ->
                new Filter(
                        Set.of(Alert.State.OPEN, Alert.State.ACKNOWLEDGED),
                        visit.actor().id(),
                        false,
                        true);
            case "urgent" -> new Filter(Set.of(Alert.State.OPEN), null, true, true);
            case "all" -> new Filter(Set.of(), null, false, true);
            default -> new Filter(Set.of(Alert.State.OPEN), null, false, true);
        };
        String after = visit.query("after")
                .filter(cursor -> cursor.matches("[0-9a-f-]{36}"))
                .orElse("");
        List<Alert> page = alerts.page(visit.actor(), filter, after, MOST + 1);
        String next = page.size() > MOST ? page.get(MOST - 1).id() : "";
        return page(200, visit, show, page.stream().limit(MOST).toList(), List.of(), next);
    }

    private Response one(int status, Visit visit, List<String> faults) {
        Alert alert = alerts.find(visit.actor(), visit.request().param("id"));
        return page(status, visit, "", List.of(alert), faults, "");
    }

    /** The names of what alerts point at, by their ids. */
    private record Names(
            Map<String, String> sources,
            Map<String, String> watches,
            Map<String, String> recipients,
            Map<String, String> users,
            Map<String, ReplyButton> buttons,
            Map<String, List<Reply>> replies) {}

    private Response page(int status, Visit visit, String show, List<Alert> page, List<String> faults, String next) {
        List<User> team = unitOfWork.read(tx -> users.all(tx, visit.actor().branch())).stream()
                .filter(User::enabled)
                .toList();
        List<String> heard = page.stream().map(Alert::mentionId).distinct().toList();
        Names names = new Names(
                sources.all(visit.actor()).stream()
                        .map(Sources.Seen::source)
                        .collect(Collectors.toMap(Source::id, Source::name)),
                watches.all(visit.actor()).stream().collect(Collectors.toMap(Watch::id, Watch::name)),
                recipients.all(visit.actor()).stream()
                        .collect(Collectors.toMap(
                                seen -> seen.recipient().id(),
                                seen -> seen.recipient().name())),
                team.stream().collect(Collectors.toMap(User::id, User::name)),
                replies.buttons(visit, heard),
                replies.of(visit, heard));
        return templates.page(
                status,
                "alerts",
                visit,
                "show",
                show,
                "alerts",
                page.stream().map(alert -> row(visit, alert, names)).toList(),
                "team",
                team.stream().map(user -> new Choice(user.id(), user.name())).toList(),
                "faults",
                faults,
                "next",
                next);
    }

    private AlertRow row(Visit visit, Alert alert, Names names) {
        Optional<Mention> mention =
                unitOfWork.read(tx -> mentions.find(tx, visit.actor().branch(), alert.mentionId()));
        String watch = names.watches().getOrDefault(alert.watchId(), visit.t("desk.alerts.watch.gone"));
        String more = alert.more() == 0 ? "" : visit.t("desk.listen.more", "count", alert.more());
        HeardRow heard = mention.map(
                        one -> HeardRows.of(visit, one, names.sources(), alert.hits(), alert.id(), watch, more))
                .orElse(new HeardRow(
                        alert.id(),
                        watch,
                        List.of(),
                        List.of(new Piece(visit.t("desk.listen.gone"), false)),
                        "",
                        visit.at(alert.createdAt()),
                        null,
                        "",
                        more));
        Alert.Handling handling = alert.handling();
        return new AlertRow(
                heard,
                alert.id(),
                alert.push().urgent(),
                alert.state(),
                switch (alert.state()) {
                    case OPEN -> visit.t("desk.alerts.state.open");
                    case ACKNOWLEDGED -> visit.t("desk.alerts.state.acknowledged");
                    case ANSWERED -> visit.t("desk.alerts.state.answered");
                },
                notes(visit, alert, names),
                mention.isEmpty()
                        ? ReplyButton.NONE
                        : names.buttons().getOrDefault(alert.mentionId(), ReplyButton.NONE),
                names.replies().getOrDefault(alert.mentionId(), List.of()),
                handling.answerUrl(),
                handling.assignee() == null ? "" : handling.assignee(),
                alert.version());
    }

    private List<String> notes(Visit visit, Alert alert, Names names) {
        List<String> notes = new ArrayList<>();
        tides.told(alert, names.watches().getOrDefault(alert.watchId(), visit.t("desk.alerts.watch.gone")))
                .map(visit::said)
                .ifPresent(notes::add);
        String to = names.recipients().get(alert.recipientId());
        if (to != null) {
            notes.add(visit.t("desk.alerts.for", "name", to));
        }
        String assignee = alert.handling().assignee();
        if (assignee != null) {
            notes.add(visit.t("desk.alerts.by", "name", names.users().getOrDefault(assignee, assignee)));
        }
        Alert.Quiet quiet = alert.push().quiet();
        if (quiet != null) {
            notes.add(
                    switch (quiet) {
                        case MUTED -> visit.t("desk.alerts.quiet.muted");
                        case SNOOZED -> visit.t("desk.alerts.quiet.snoozed");
                    });
        }
        if (alert.push().escalateAt() != null) {
            notes.add(visit.t(
                    "desk.alerts.escalates", "time", visit.at(alert.push().escalateAt())));
        }
        return notes;
    }

    private Response act(Visit visit) {
        Form form = visit.form();
        String id = visit.request().param("id");
        try {
            switch (form.act("seen", "mine", "assign", "answer", "reopen")) {
                case "mine" -> alerts.assign(visit.actor(), id, visit.actor().id(), form.version());
                case "assign" -> alerts.assign(visit.actor(), id, some(form, "assignee"), form.version());
                case "answer" -> alerts.answer(visit.actor(), id, some(form, "url"), form.version());
                case "reopen" -> alerts.reopen(visit.actor(), id, form.version());
                default -> alerts.acknowledge(visit.actor(), id);
            }
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND || e.kind() == FaultException.Kind.MALFORMED) {
                throw e;
            }
            return one(Problems.status(e.kind()), visit, visit.said(e));
        }
        return Templates.to(PATH, Done.SAVED);
    }

    private static @Nullable String some(Form form, String name) {
        return form.some(name).orElse(null);
    }
}
