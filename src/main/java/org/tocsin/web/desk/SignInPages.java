package org.tocsin.web.desk;

import java.util.List;
import org.tocsin.base.BranchId;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;
import org.tocsin.base.Secret;
import org.tocsin.people.OneTimeLink;
import org.tocsin.people.Scope;
import org.tocsin.people.SignIn;
import org.tocsin.people.Users;
import org.tocsin.web.Problems;
import org.tocsin.web.Response;

/** The way in: the first person, signing in with a second factor or without, choosing a password by a link; and the way out. */
final class SignInPages {
    private final Users users;
    private final SignIn signIn;
    private final Templates templates;

    SignInPages(Users users, SignIn signIn, Templates templates) {
        this.users = users;
        this.signIn = signIn;
        this.templates = templates;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/desk/setup", null, this::setup),
                Route.post("/desk/setup", null, this::setUp),
                Route.get("/desk/sign-in", null, this::door),
                Route.post("/desk/sign-in", null, this::signIn),
                Route.get("/desk/code", null, visit -> code(200, visit, List.of())),
                Route.post("/desk/code", null, this::code),
                Route.get("/desk/password", null, this::password),
                Route.post("/desk/password", null, this::choose),
                Route.post("/desk/sign-out", Scope.READ, this::signOut));
    }

    private Response setup(Visit visit) {
        String token = visit.query("token").orElse("");
        if (users.opens(OneTimeLink.Purpose.SETUP, token).isEmpty()) {
            throw deadLink();
        }
        return templates.page(200, "setup", visit, "token", token, "faults", List.of());
    }

    private Response setUp(Visit visit) {
        Form form = visit.form();
        String token = form.get("token");
        Secret password = Secret.of(form.get("password"));
        try {
            users.setUp(token, form.get("login"), form.get("name"), password, form.get("language"));
        } catch (FaultException e) {
            return templates.page(Problems.status(e.kind()), "setup", visit, "token", token, "faults", visit.said(e));
        }
        return enter(visit, form.get("login"), password, "/desk/welcome", "/desk");
    }

    private Response door(Visit visit) {
        return visit.known() ? Templates.to(next(visit)) : door(200, visit, List.of());
    }

    private Response door(int status, Visit visit, List<String> faults) {
        return templates.page(
                status, "signin", visit, "nobody", users.empty(BranchId.MAIN), "next", next(visit), "faults", faults);
    }

    /** Asked in the address of a page and carried in its form. */
    private static String next(Visit visit) {
        return Next.checked(
                visit.form().some("next").or(() -> visit.query("next")).orElse(""));
    }

    private Response signIn(Visit visit) {
        try {
            return enter(
                    visit,
                    visit.form().get("login"),
                    Secret.of(visit.form().get("password")),
                    next(visit),
                    next(visit));
        } catch (FaultException e) {
            return door(Problems.status(e.kind()), visit, visit.said(e));
        }
    }

    /**
     * The session always gets a fresh id, whatever the browser came with.
     *
     * @param home  where he is led
     * @param later where he is led when a code is still to come
     */
    private Response enter(Visit visit, String login, Secret password, String home, String later) {
        SignIn.Begun begun =
                signIn.begin(login, password, browser(visit), visit.request().origin());
        if (visit.known()) {
            signIn.end(visit.signed());
        }
        return Templates.to(begun.complete() ? home : Next.with("/desk/code", later))
                .with("Set-Cookie", visit.place().set(begun.id().reveal()));
    }

    private Response code(Visit visit) {
        String half = visit.place().session(visit.request()).orElse("");
        try {
            SignIn.Begun begun = signIn.complete(
                    half,
                    visit.form().get("code"),
                    browser(visit),
                    visit.request().origin());
            return Templates.to(next(visit))
                    .with("Set-Cookie", visit.place().set(begun.id().reveal()));
        } catch (FaultException e) {
            return code(Problems.status(e.kind()), visit, visit.said(e));
        }
    }

    private Response code(int status, Visit visit, List<String> faults) {
        return templates.page(status, "code", visit, "next", next(visit), "faults", faults);
    }

    private Response password(Visit visit) {
        String token = visit.query("token").orElse("");
        OneTimeLink link = users.opens(OneTimeLink.Purpose.PASSWORD, token).orElseThrow(SignInPages::deadLink);
        return templates.page(200, "password", visit, "token", token, "who", who(link), "faults", List.of());
    }

    private String who(OneTimeLink link) {
        return users.invited(link).map(user -> user.login()).orElse("");
    }

    private Response choose(Visit visit) {
        String token = visit.form().get("token");
        OneTimeLink link = users.opens(OneTimeLink.Purpose.PASSWORD, token).orElseThrow(SignInPages::deadLink);
        try {
            users.choosePassword(token, Secret.of(visit.form().get("password")));
        } catch (FaultException e) {
            return templates.page(
                    Problems.status(e.kind()),
                    "password",
                    visit,
                    "token",
                    token,
                    "who",
                    who(link),
                    "faults",
                    visit.said(e));
        }
        return Templates.to("/desk/sign-in", Done.PASSWORD);
    }

    private Response signOut(Visit visit) {
        signIn.end(visit.signed());
        return Templates.to("/desk/sign-in", Done.OUT)
                .with("Set-Cookie", visit.place().set(""));
    }

    private static String browser(Visit visit) {
        return visit.request().header("user-agent").orElse("");
    }

    private static FaultException deadLink() {
        return new FaultException(Kind.FORBIDDEN, Fault.at("", Message.of("people.link.dead")));
    }
}
