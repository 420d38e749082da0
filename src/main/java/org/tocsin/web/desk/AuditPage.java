package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UserId;
import org.tocsin.people.Actor;
import org.tocsin.people.AuditRow;
import org.tocsin.people.AuditTrail;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;
import org.tocsin.people.User;
import org.tocsin.people.Users;
import org.tocsin.web.Response;

/** What was done, by whom, the newest first. */
final class AuditPage {
    private static final int PAGE = 100;

    private final UnitOfWork unitOfWork;
    private final AuditTrail audit;
    private final Users users;
    private final Tokens tokens;
    private final Templates templates;

    AuditPage(DeskParts parts, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.audit = parts.audit();
        this.users = parts.users();
        this.tokens = parts.tokens();
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
        Map<String, String> names = names(visit);
        List<AuditRow> rows = unitOfWork.read(tx -> audit.page(tx, visit.actor().branch(), before, PAGE + 1));
        List<AuditLine> lines = rows.stream()
                .limit(PAGE)
                .map(row -> new AuditLine(
                        row.number(),
                        visit.at(row.at()),
                        names.getOrDefault(row.actor(), row.actor()),
                        row.action(),
                        row.subject(),
                        row.detail()))
                .toList();
        long next = rows.size() > PAGE ? rows.get(PAGE - 1).number() : 0;
        return templates.page(200, "audit", visit, "lines", lines, "next", next);
    }

    private Map<String, String> names(Visit visit) {
        Map<String, String> names = users.all(Actor.daemon(visit.actor().branch())).stream()
                .collect(Collectors.toMap(User::id, User::name));
        tokens.all(visit.actor().branch())
                .forEach(token -> names.put(token.id(), visit.t("desk.audit.token", "name", token.name())));
        names.put(UserId.DAEMON.value(), visit.t("desk.audit.daemon"));
        return names;
    }
}
