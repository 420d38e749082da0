package org.tocsin.web.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.UnitOfWork;
import org.tocsin.base.UnitOfWork.Urgency;
import org.tocsin.base.UserId;
import org.tocsin.people.Actor;
import org.tocsin.people.ApiToken;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;
import org.tocsin.people.User;
import org.tocsin.people.Users;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** The tokens of programs: made, shown once, taken back. */
final class TokensPage {
    /** What a token may be given, from the least to the most. */
    private static final List<Scope> OFFERED =
            List.of(Scope.READ, Scope.POST, Scope.APPROVE, Scope.MANAGE, Scope.ADMIN);

    /** For how many days; one that is forgotten ends by itself, unless somebody wants otherwise. */
    private static final List<String> LIVES = List.of("30", "90", "365");

    private static final int LONGEST_NAME = 100;

    private final UnitOfWork unitOfWork;
    private final Tokens tokens;
    private final Users users;
    private final Clock clock;
    private final Templates templates;

    TokensPage(DeskParts parts, Templates templates) {
        this.unitOfWork = parts.unitOfWork();
        this.tokens = parts.tokens();
        this.users = parts.users();
        this.clock = parts.clock();
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
        Map<String, String> names = names(visit);
        List<Key> all = tokens.all(visit.actor().branch()).stream()
                .map(token -> key(visit, token, names))
                .toList();
        return templates.page(
                status, "tokens", visit, "tokens", all, "offered", OFFERED, "lives", LIVES, "secret", secret, "faults",
                faults);
    }

    private Key key(Visit visit, ApiToken token, Map<String, String> names) {
        String by = token.createdBy() == null ? "" : names.getOrDefault(token.createdBy(), "");
        return new Key(
                token.id(),
                token.name(),
                token.scopes().stream().sorted().map(visit::scope).collect(Collectors.joining(", ")),
                by.isEmpty()
                        ? visit.t("desk.tokens.since", "at", visit.at(token.createdAt()))
                        : visit.t("desk.tokens.since.by", "at", visit.at(token.createdAt()), "name", by),
                token.usedAt() == null
                        ? visit.t("desk.tokens.unused")
                        : visit.t("desk.tokens.used", "at", visit.at(token.usedAt())),
                token.expiresAt() == null ? "" : visit.at(token.expiresAt()),
                token.expired(clock.instant()),
                token.revokedAt() == null ? "" : visit.at(token.revokedAt()));
    }

    private Map<String, String> names(Visit visit) {
        Map<String, String> names = users.all(Actor.daemon(visit.actor().branch())).stream()
                .collect(Collectors.toMap(User::id, User::name));
        names.put(UserId.DAEMON.value(), visit.t("desk.audit.daemon"));
        return names;
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
        Optional<String> days = LIVES.stream().filter(form.get("days")::equals).findFirst();
        @Nullable
        Instant ends = days.map(some -> clock.instant().plus(Duration.ofDays(Long.parseLong(some))))
                .orElse(null);
        Tokens.Created created =
                unitOfWork.write(Urgency.REQUEST, tx -> tokens.create(tx, visit.actor(), name, scopes, ends));
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
