package org.tocsin.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.subscriber.Choices;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.KeptLetter;
import org.tocsin.subscriber.Leaving;
import org.tocsin.subscriber.PersonData;
import org.tocsin.subscriber.PersonRequest;
import org.tocsin.subscriber.SignUpMail;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.State;

/** What is kept of a person, shown to that person alone, by a link that went to his own address and works for an hour. */
final class PersonPages {
    private final SignUps signUps;
    private final Choices choices;
    private final Leaving leaving;
    private final PublicShell shell;
    private final Views views;
    private final Json json;

    PersonPages(SignUpParts parts, PublicShell shell, Views views, Json json) {
        this.signUps = parts.signUps();
        this.choices = parts.choices();
        this.leaving = parts.leaving();
        this.shell = shell;
        this.views = views;
        this.json = json;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/newsletter/mine/:token", null, request -> mine(200, request, "")),
                Endpoint.get("/newsletter/mine/:token/data.json", null, this::file),
                new Endpoint("POST", "/newsletter/mine/:token", null, PublicShell.MOST, this::act));
    }

    private Optional<PersonData> data(Request request) {
        return signUps.look(request.param("token")) instanceof SignUps.Look.Open open
                        && (open.kind() == SignUpMail.Kind.DATA || open.kind() == SignUpMail.Kind.ALREADY)
                ? choices.data(open.subscriber().branch(), open.subscriber().id())
                : Optional.empty();
    }

    private Response mine(int status, Request request, String said) {
        Optional<PersonData> found = data(request);
        if (found.isEmpty()) {
            Locale locale = PublicShell.locale(request);
            return shell.html(
                    410,
                    locale,
                    shell.t(locale, "signup.page.over"),
                    "<p>" + shell.t(locale, "signup.page.over.data") + "</p>");
        }
        PersonData data = found.get();
        Subscriber one = data.subscriber();
        Locale locale = Locale.forLanguageTag(one.language());
        String action = "/newsletter/mine/" + PublicPages.escape(request.param("token"));
        StringBuilder out = new StringBuilder(said);
        out.append("<dl>");
        row(out, locale, "signup.data.address", one.person().address());
        row(out, locale, "signup.data.awaited", data.awaited());
        row(
                out,
                locale,
                "signup.data.telegram",
                one.person().telegramId() == null
                        ? null
                        : String.valueOf(one.person().telegramId()));
        row(out, locale, "signup.data.name", one.person().name());
        row(
                out,
                locale,
                "signup.data.state",
                views.text(Message.of("signup.states." + one.state().name().toLowerCase(Locale.ROOT)), locale));
        row(
                out,
                locale,
                "signup.data.topics",
                data.topics().isEmpty()
                        ? views.text(Message.of("signup.data.everything"), locale)
                        : String.join(", ", data.topics()));
        row(out, locale, "signup.data.link", data.link());
        out.append("</dl><section><h2>")
                .append(shell.t(locale, "signup.data.history"))
                .append("</h2><ul>");
        steps(out, locale, data.history());
        out.append("</ul></section>");
        before(out, locale, data);
        out.append("<p><a href=\"")
                .append(action)
                .append("/data.json\" download>")
                .append(shell.t(locale, "signup.data.take"))
                .append("</a></p>");
        form(
                out,
                locale,
                action,
                "correct",
                "signup.data.correct",
                "<label>" + shell.t(locale, "signup.page.address")
                        + "<input name=\"address\" type=\"email\" required maxlength=\"254\"></label>");
        boolean restricted = one.state() == State.RESTRICTED;
        form(
                out,
                locale,
                action,
                restricted ? "release" : "restrict",
                restricted ? "signup.data.release" : "signup.data.restrict",
                "<p>" + shell.t(locale, "signup.data.restrict.text") + "</p>");
        form(
                out,
                locale,
                action,
                "object",
                "signup.data.object",
                "<p>" + shell.t(locale, "signup.data.object.text") + "</p>");
        form(
                out,
                locale,
                action,
                "erase",
                "signup.data.erase",
                "<p>" + shell.t(locale, "signup.data.erase.text")
                        + "</p><label class=\"check\"><input type=\"checkbox\" name=\"sure\" value=\"yes\" required> "
                        + shell.t(locale, "signup.data.erase.sure") + "</label>");
        return shell.html(status, locale, shell.t(locale, "signup.page.data"), out.toString());
    }

    private void steps(StringBuilder out, Locale locale, List<PersonData.Step> steps) {
        for (PersonData.Step step : steps) {
            out.append("<li>")
                    .append(shell.t(
                            locale,
                            "signup.data.step",
                            "at",
                            step.at(),
                            "kind",
                            step.consent().kind()));
            if (step.text() != null) {
                out.append("<p class=\"meta\">")
                        .append(PublicPages.escape(step.text()))
                        .append("</p>");
            }
            out.append("</li>");
        }
    }

    /** What he was before, and what he asked for. */
    private void before(StringBuilder out, Locale locale, PersonData data) {
        if (!data.earlier().isEmpty()) {
            out.append("<section><h2>")
                    .append(shell.t(locale, "signup.data.earlier"))
                    .append("</h2><ul>");
            data.earlier().forEach(one -> steps(out, locale, one.history()));
            out.append("</ul></section>");
        }
        if (!data.requests().isEmpty()) {
            out.append("<section><h2>")
                    .append(shell.t(locale, "signup.data.requests"))
                    .append("</h2><ul>");
            for (PersonRequest one : data.requests()) {
                Instant done = one.doneAt();
                out.append("<li>")
                        .append(
                                done == null
                                        ? shell.t(
                                                locale,
                                                "signup.data.request.open",
                                                "at",
                                                one.at(),
                                                "kind",
                                                one.kind(),
                                                "due",
                                                one.dueAt())
                                        : shell.t(
                                                locale,
                                                "signup.data.request.done",
                                                "at",
                                                one.at(),
                                                "kind",
                                                one.kind(),
                                                "done",
                                                done))
                        .append("</li>");
            }
            out.append("</ul></section>");
        }
        letters(out, locale, data.letters());
    }

    private void letters(StringBuilder out, Locale locale, List<KeptLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        out.append("<section><h2>")
                .append(shell.t(locale, "signup.data.letters"))
                .append("</h2><ul>");
        for (KeptLetter one : letters) {
            out.append("<li>").append(PublicPages.escape(views.text(SubscriberViews.told(one), locale)));
            if (one.subject() != null) {
                out.append("<p class=\"meta\">")
                        .append(PublicPages.escape(one.subject()))
                        .append("</p>");
            }
            one.back()
                    .forEach(back -> out.append("<p class=\"meta\">")
                            .append(PublicPages.escape(views.text(SubscriberViews.told(back), locale)))
                            .append("</p>"));
            out.append("</li>");
        }
        out.append("</ul></section>");
    }

    private void row(StringBuilder out, Locale locale, String label, @Nullable String value) {
        if (value != null) {
            out.append("<dt>")
                    .append(shell.t(locale, label))
                    .append("</dt><dd>")
                    .append(PublicPages.escape(value))
                    .append("</dd>");
        }
    }

    private void form(StringBuilder out, Locale locale, String action, String act, String label, String fields) {
        out.append("<section><h2>")
                .append(shell.t(locale, label))
                .append("</h2><form method=\"post\" action=\"")
                .append(action)
                .append("\">")
                .append(fields)
                .append("<p><button name=\"act\" value=\"")
                .append(act)
                .append("\">")
                .append(shell.t(locale, label + ".button"))
                .append("</button></p></form></section>");
    }

    private Response act(Request request) {
        PublicShell.Sent form = PublicShell.form(request);
        Optional<PersonData> found = data(request);
        if (found.isEmpty()) {
            return mine(410, request, "");
        }
        Subscriber one = found.get().subscriber();
        Locale locale = Locale.forLanguageTag(one.language());
        try {
            switch (form.get("act")) {
                case "correct" -> {
                    choices.correct(one.branch(), one.id(), form.get("address"), Door.LETTER);
                    return mine(200, request, said(locale, "signup.page.corrected"));
                }
                case "restrict" -> choices.restrict(one.branch(), one.id(), Door.LETTER);
                case "release" -> choices.release(one.branch(), one.id(), Door.LETTER);
                case "object" -> {
                    leaving.oppose(one.branch(), one.id(), Door.LETTER, "link");
                    return shell.html(
                            200,
                            locale,
                            shell.t(locale, "signup.page.objected"),
                            said(locale, "signup.page.objected.text"));
                }
                case "erase" -> {
                    if (!form.get("sure").isEmpty()) {
                        leaving.erase(one.branch(), one.id(), Door.LETTER, "link");
                        return shell.html(
                                200,
                                locale,
                                shell.t(locale, "signup.page.erased"),
                                said(locale, "signup.page.erased.text"));
                    }
                    return mine(
                            422,
                            request,
                            "<p class=\"freeze\" role=\"alert\">" + shell.t(locale, "signup.page.erase.unsure")
                                    + "</p>");
                }
                default -> {
                    return mine(200, request, "");
                }
            }
            return mine(200, request, said(locale, "signup.page.saved"));
        } catch (FaultException e) {
            return mine(Problems.status(e.kind()), request, shell.faults(e, locale));
        }
    }

    private String said(Locale locale, String code) {
        return "<p role=\"status\">" + shell.t(locale, code) + "</p>";
    }

    private Response file(Request request) {
        Optional<PersonData> found = data(request);
        found.ifPresent(data ->
                choices.taken(data.subscriber().branch(), data.subscriber().id(), Door.LETTER));
        return found.map(data -> Response.json(200, json.write(SubscriberViews.data(json, data)))
                        .with("Content-Disposition", "attachment; filename=\"newsletter-data.json\"")
                        .with("Cache-Control", "no-store"))
                .orElseThrow(() -> FaultException.notFound("path", request.path()));
    }
}
