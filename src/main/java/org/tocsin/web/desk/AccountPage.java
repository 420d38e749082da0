package org.tocsin.web.desk;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tocsin.base.FaultException;
import org.tocsin.base.Secret;
import org.tocsin.people.Scope;
import org.tocsin.people.SecondFactors;
import org.tocsin.people.SignIn;
import org.tocsin.people.Users;
import org.tocsin.web.Problems;
import org.tocsin.web.QrImage;
import org.tocsin.web.Response;

/** What a person keeps for himself: name, language, password, second factor, and the browsers in which he is signed in. */
final class AccountPage {
    private final Users users;
    private final SignIn signIn;
    private final SecondFactors factors;
    private final String organisation;
    private final Templates templates;

    AccountPage(DeskParts parts, Templates templates) {
        this.users = parts.users();
        this.signIn = parts.signIn();
        this.factors = parts.factors();
        this.organisation = parts.organisation();
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/account", Scope.READ, visit -> show(200, visit, List.of())),
                Route.post("/desk/account/name", Scope.READ, this::name),
                Route.post("/desk/account/password", Scope.READ, this::password),
                Route.post("/desk/account/factor", Scope.READ, this::propose),
                Route.post("/desk/account/factor/confirm", Scope.READ, this::confirm),
                Route.post("/desk/account/factor/remove", Scope.READ, this::remove),
                Route.post("/desk/account/session", Scope.READ, this::endOne),
                Route.post("/desk/account/sessions", Scope.READ, this::endOthers));
    }

    private Response show(int status, Visit visit, List<String> faults) {
        return templates.page(
                status,
                "account",
                visit,
                "sessions",
                signIn.mine(visit.signed()),
                "here",
                visit.signed().session().hash(),
                "faults",
                faults);
    }

    private Response attempt(Visit visit, Done done, Runnable change) {
        try {
            change.run();
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
        return Templates.to("/desk/account", done);
    }

    private Response name(Visit visit) {
        return attempt(
                visit,
                Done.SAVED,
                () -> users.rename(
                        visit.signed(), visit.form().get("name"), visit.form().get("language")));
    }

    private Response password(Visit visit) {
        return attempt(
                visit,
                Done.SAVED,
                () -> users.changePassword(
                        visit.signed(),
                        Secret.of(visit.form().get("current")),
                        Secret.of(visit.form().get("password"))));
    }

    private Response propose(Visit visit) {
        try {
            return factor(200, visit, factors.propose(visit.user()).reveal(), List.of());
        } catch (FaultException e) {
            return show(Problems.status(e.kind()), visit, visit.said(e));
        }
    }

    private Response factor(int status, Visit visit, String key, List<String> faults) {
        String label = encoded(organisation) + ":" + encoded(visit.user().login());
        String link = "otpauth://totp/" + label + "?secret=" + encoded(key) + "&issuer=" + encoded(organisation);
        return templates.page(
                status,
                "factor",
                visit,
                "key",
                key,
                "link",
                link,
                "code",
                QrImage.svg(link),
                "codes",
                List.of(),
                "faults",
                faults);
    }

    /** The key comes back with the form: nothing is kept before it has been proven. */
    private Response confirm(Visit visit) {
        String key = visit.form().get("key");
        try {
            List<String> codes = factors
                    .confirm(
                            visit.user(),
                            Secret.of(key),
                            visit.form().get("code"),
                            Secret.of(visit.form().get("current")))
                    .stream()
                    .map(Secret::reveal)
                    .toList();
            return templates.page(
                    200, "factor", visit, "key", "", "link", "", "code", "", "codes", codes, "faults", List.of());
        } catch (FaultException e) {
            return e.kind() == FaultException.Kind.CONFLICT
                    ? show(Problems.status(e.kind()), visit, visit.said(e))
                    : factor(Problems.status(e.kind()), visit, key, visit.said(e));
        }
    }

    private Response remove(Visit visit) {
        return attempt(
                visit,
                Done.REMOVED,
                () -> factors.remove(visit.user(), Secret.of(visit.form().get("current"))));
    }

    private Response endOne(Visit visit) {
        return attempt(
                visit,
                Done.SESSION_ENDED,
                () -> signIn.endOne(visit.signed(), visit.form().get("session")));
    }

    private Response endOthers(Visit visit) {
        return attempt(visit, Done.ENDED, () -> signIn.endOthers(visit.signed()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
