package org.tocsin.web.desk;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UserId;
import org.tocsin.delivery.ChannelRepository;
import org.tocsin.network.Channel;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditRow;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;
import org.tocsin.people.User;
import org.tocsin.people.Users;
import org.tocsin.web.Response;

/** What was done, by whom, the newest first: by person, by subject and by day. */
final class AuditPage {
    private static final int PAGE = 100;

    private final UnitOfWork unitOfWork;
    private final AuditTrail audit;
    private final Users users;
    private final Tokens tokens;
    private final ChannelRepository channels;
    private final ZoneId zone;
    private final Templates templates;

    AuditPage(DeskParts parts, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.audit = parts.audit();
        this.users = parts.users();
        this.tokens = parts.tokens();
        this.channels = parts.channels();
        this.zone = parts.zone();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(Route.get("/desk/audit", Scope.ADMIN, this::show));
    }

    private Response show(Visit visit) {
        long before = visit.query("before")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
        Map<String, String> actors = actors(visit);
        String who = visit.query("who").filter(actors::containsKey).orElse("");
        String kind = visit.query("kind").filter(Audited.KINDS::contains).orElse("");
        Optional<LocalDate> from = day(visit, "from");
        Optional<LocalDate> until = day(visit, "until");
        AuditTrail.Filter filter = new AuditTrail.Filter(
                who.isEmpty() ? null : who,
                kind.isEmpty() ? null : kind,
                from.map(day -> day.atStartOfDay(zone).toInstant()).orElse(null),
                until.map(day -> day.plusDays(1).atStartOfDay(zone).toInstant()).orElse(null));
        List<AuditRow> rows = unitOfWork.read(tx -> audit.page(tx, visit.actor().branch(), filter, before, PAGE + 1));
        Map<String, String> names = names(visit, actors);
        long next = rows.size() > PAGE ? rows.get(PAGE - 1).number() : 0;
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("who", who);
        asked.put("kind", kind);
        asked.put("from", from.map(LocalDate::toString).orElse(""));
        asked.put("until", until.map(LocalDate::toString).orElse(""));
        return templates.page(
                200,
                "audit",
                visit,
                "lines",
                rows.stream().limit(PAGE).map(row -> line(visit, row, names)).toList(),
                "people",
                choices(actors),
                "kinds",
                Audited.KINDS.stream()
                        .map(one -> new Choice(one, visit.word("desk.audit.kinds", one)))
                        .toList(),
                "asked",
                asked,
                "next",
                next == 0 ? "" : older(asked, next));
    }

    private static String older(Map<String, String> asked, long next) {
        return asked.entrySet().stream()
                .filter(pair -> !pair.getValue().isEmpty())
                .map(pair -> pair.getKey() + "=" + pair.getValue() + "&")
                .collect(Collectors.joining("", "/desk/audit?", "before=" + next));
    }

    private static Optional<LocalDate> day(Visit visit, String name) {
        try {
            return visit.query(name).map(LocalDate::parse).filter(day -> day.getYear() >= 1 && day.getYear() < 10_000);
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private static AuditLine line(Visit visit, AuditRow row, Map<String, String> names) {
        return new AuditLine(
                row.number(),
                visit.at(row.at()),
                names.getOrDefault(row.actor(), row.actor()),
                visit.word("desk.audit.action", row.action()),
                names.getOrDefault(row.subject(), row.subject()),
                Audited.page(row.action(), row.subject()),
                AuditDetail.said(visit, row.action(), row.detail()));
    }

    private static List<Choice> choices(Map<String, String> actors) {
        List<Choice> choices = new ArrayList<>();
        actors.forEach((id, name) -> choices.add(new Choice(id, name)));
        return choices;
    }

    private Map<String, String> actors(Visit visit) {
        Map<String, String> names = new LinkedHashMap<>();
        for (User user : users.all(Actor.daemon(visit.actor().branch()))) {
            names.put(user.id(), user.name());
        }
        tokens.all(visit.actor().branch())
                .forEach(token -> names.put(token.id(), visit.t("desk.audit.token", "name", token.name())));
        names.put(UserId.DAEMON.value(), visit.t("desk.audit.daemon"));
        names.put(UserId.ANYONE.value(), visit.t("desk.audit.stranger"));
        return names;
    }

    private Map<String, String> names(Visit visit, Map<String, String> actors) {
        Map<String, String> names = new LinkedHashMap<>(actors);
        List<Channel> all = unitOfWork.read(tx -> channels.all(tx, visit.actor().branch()));
        all.forEach(channel -> names.putIfAbsent(channel.id(), channel.name()));
        names.put(visit.actor().branch().value(), "");
        return names;
    }
}
