package org.tocsin.web.desk;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.people.ApiToken;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** The tokens of programs: made, shown once, taken back. */
final class TokensPage {
    /** What a token may be given, from the least to the most. */
    private static final List<Scope> OFFERED =
            List.of(Scope.READ, Scope.POST, Scope.APPROVE, Scope.MANAGE, Scope.ADMIN);

    private static final int LONGEST_NAME = 100;

    private final UnitOfWork unitOfWork;
    private final Tokens tokens;
    private final Templates templates;

    TokensPage(DeskParts parts, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.tokens = parts.tokens();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/tokens", Scope.ADMIN, visit -> show(200, visit, List.of(), "")),
                Route.post("/desk/tokens", Scope.ADMIN, this::make),
                Route.post("/desk/tokens/:id/revoke", Scope.ADMIN, this::revoke));
    }

    /** @param secret of a new token, shown this once; empty for none */
    private Response show(int status, Visit visit, List<String> faults, String secret) {
        List<Key> all = tokens.all(visit.actor().branch()).stream()
                .map(token -> key(visit, token))
                .toList();
        return templates.page(
                status, "tokens", visit, "tokens", all, "offered", OFFERED, "secret", secret, "faults", faults);
    }

    private static Key key(Visit visit, ApiToken token) {
        return new Key(
                token.id(),
                token.name(),
                token.scopes().stream().sorted().map(visit::scope).collect(Collectors.joining(", ")),
                visit.at(token.createdAt()),
                token.revokedAt() == null ? "" : visit.at(token.revokedAt()));
    }

    private Response make(Visit visit) {
        Form form = visit.form();
        String name = form.get("name").strip();
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        List<String> wanted = form.all("scope");
        OFFERED.stream().filter(scope -> wanted.contains(scope.name())).forEach(scopes::add);
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return show(422, visit, List.of(visit.t("desk.tokens.name.needed")), "");
        }
        if (scopes.isEmpty()) {
            return show(422, visit, List.of(visit.t("desk.tokens.scopes.needed")), "");
        }
        Tokens.Created created =
                unitOfWork.write(Urgency.REQUEST, tx -> tokens.create(tx, visit.actor(), name, scopes));
        return show(200, visit, List.of(), created.secret().reveal());
    }

    private Response revoke(Visit visit) {
        try {
            tokens.revoke(visit.actor(), visit.request().param("id"));
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e), "");
        }
        return Templates.to("/desk/tokens", Done.REVOKED);
    }
}
