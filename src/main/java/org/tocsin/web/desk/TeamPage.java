package org.tocsin.web.desk;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.people.ApiToken;
import org.tocsin.people.Role;
import org.tocsin.people.Scope;
import org.tocsin.people.Tokens;
import org.tocsin.people.User;
import org.tocsin.people.Users;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** The people of the team, for those who administer it. */
final class TeamPage {
    private final Users users;
    private final Tokens tokens;
    private final Optional<URI> publicUrl;
    private final Templates templates;

    TeamPage(DeskParts parts, Templates templates) {
        this.users = parts.users();
        this.tokens = parts.tokens();
        this.publicUrl = parts.publicUrl();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/team", Scope.ADMIN, visit -> show(200, visit, List.of(), "", "")),
                Route.post("/desk/team/invite", Scope.ADMIN, this::invite),
                Route.post("/desk/team/:id/role", Scope.ADMIN, this::role),
                Route.post("/desk/team/:id/disable", Scope.ADMIN, this::disable),
                Route.post("/desk/team/:id/enable", Scope.ADMIN, this::enable),
                Route.post("/desk/team/:id/reset-link", Scope.ADMIN, this::resetLink),
                Route.post("/desk/team/:id/remove-factor", Scope.ADMIN, this::removeFactor));
    }

    /**
     * @param link a link that is shown this once, empty for none
     * @param who  whose
     */
    private Response show(int status, Visit visit, List<String> faults, String link, String who) {
        List<User> all = users.all(visit.actor());
        return templates.page(
                status,
                "team",
                visit,
                "users",
                all,
                "owned",
                owned(visit, all),
                "roles",
                List.of(Role.values()),
                "link",
                link,
                "who",
                who,
                "faults",
                faults);
    }

    /** What ends when somebody is shut out: the programs that act in his name, by his id. */
    private Map<String, List<String>> owned(Visit visit, List<User> all) {
        Map<String, List<ApiToken>> made = tokens.byPerson(visit.actor().branch());
        return all.stream()
                .filter(user -> made.containsKey(user.id()))
                .collect(Collectors.toMap(
                        User::id,
                        user -> made.getOrDefault(user.id(), List.of()).stream()
                                .map(token -> said(visit, user, token))
                                .toList()));
    }

    /** With what it may do now, which is no more than its maker may. */
    private static String said(Visit visit, User maker, ApiToken token) {
        String may = token.scopes().stream()
                .filter(maker.role().scopes()::contains)
                .sorted()
                .map(visit::scope)
                .collect(Collectors.joining(", "));
        return visit.t(
                "desk.team.token",
                "name",
                token.name(),
                "may",
                may.isEmpty() ? visit.t("desk.team.token.nothing") : may,
                "ends",
                token.expiresAt() == null
                        ? visit.t("desk.tokens.endless")
                        : visit.t("desk.tokens.until", "at", visit.at(token.expiresAt())));
    }

    private Response invite(Visit visit) {
        Form form = visit.form();
        try {
            return link(
                    visit,
                    users.invite(visit.actor(), form.get("login"), form.get("name"), role(form), form.get("language")));
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, visit.said(e), "", "");
        }
    }

    private static Role role(Form form) {
        for (Role role : Role.values()) {
            if (role.name().equals(form.get("role"))) {
                return role;
            }
        }
        throw FaultException.invalid("/role", Message.of("desk.team.role.wrong"));
    }

    private Response link(Visit visit, Users.Invited invited) {
        String base = publicUrl
                .map(url -> url.toString().replaceAll("/+$", ""))
                .orElse(visit.place().origin());
        String link = base + "/desk/password?token=" + invited.token().reveal();
        return show(200, visit, List.of(), link, invited.user().name());
    }

    private Response role(Visit visit) {
        return change(visit, id -> users.role(visit.actor(), id, role(visit.form())));
    }

    private Response disable(Visit visit) {
        return change(visit, id -> users.disable(visit.actor(), id, true));
    }

    /** Links of before do not work any more: who comes back is given a fresh one. */
    private Response enable(Visit visit) {
        String id = visit.request().param("id");
        try {
            users.disable(visit.actor(), id, false);
            return resetLink(visit);
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e), "", "");
        }
    }

    private Response removeFactor(Visit visit) {
        return change(visit, id -> users.removeSecondFactor(visit.actor(), id));
    }

    private Response resetLink(Visit visit) {
        return link(visit, users.resetLink(visit.actor(), visit.request().param("id")));
    }

    private Response change(Visit visit, Consumer<String> change) {
        try {
            change.accept(visit.request().param("id"));
        } catch (FaultException e) {
            if (e.kind() == FaultException.Kind.NOT_FOUND) {
                throw e;
            }
            return show(Problems.status(e.kind()), visit, visit.said(e), "", "");
        }
        return Templates.to("/desk/team", Done.SAVED);
    }

    /** @return what a role is called */
    static Message word(Role role) {
        return switch (role) {
            case ADMINISTRATOR -> Message.of("desk.role.administrator");
            case MANAGER -> Message.of("desk.role.manager");
            case AUTHOR -> Message.of("desk.role.author");
            case WATCHER -> Message.of("desk.role.watcher");
        };
    }
}
