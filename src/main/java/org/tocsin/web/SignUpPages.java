package org.tocsin.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.ConsentText;
import org.tocsin.subscriber.SignUpMail;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.Topic;

/** Where a leaflet leads: by Telegram or by mail, with the same words to agree to; and where a mail is confirmed. */
final class SignUpPages {
    private final SignUps signUps;
    private final PublicShell shell;

    SignUpPages(SignUpParts parts, PublicShell shell) {
        this.signUps = parts.signUps();
        this.shell = shell;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/newsletter", null, request -> page(200, request, code(request.query("c")), "")),
                Endpoint.get(
                        "/n/:code", null, request -> page(200, request, code(Optional.of(request.param("code"))), "")),
                new Endpoint("POST", "/newsletter", null, PublicShell.MOST, this::ask),
                Endpoint.get("/newsletter/confirm/:token", null, this::look),
                new Endpoint("POST", "/newsletter/confirm/:token", null, PublicShell.MOST, this::confirm));
    }

    /** @return what can be a code; empty else */
    private static String code(Optional<String> given) {
        return given.filter(one -> one.matches("[A-Za-z0-9_-]{1,32}")).orElse("");
    }

    private Response ask(Request request) {
        Locale locale = PublicShell.locale(request);
        PublicShell.Sent form = PublicShell.form(request);
        String code = code(Optional.of(form.get("c")));
        if (form.robot()) {
            // Whoever filled this in is told what he hopes to hear.
            return asked(locale);
        }
        if (form.get("agree").isEmpty()) {
            return page(
                    422,
                    request,
                    code,
                    form.get("address"),
                    Set.copyOf(form.all("topic")),
                    "<p class=\"freeze\" role=\"alert\">" + shell.t(locale, "signup.page.agree.missing") + "</p>");
        }
        String text = form.get("text");
        try {
            signUps.ask(
                    BranchId.MAIN,
                    form.get("address"),
                    new SignUps.Wish(
                            locale.getLanguage(),
                            new HashSet<>(form.all("topic")),
                            text,
                            code.isEmpty() ? null : code,
                            null,
                            form.get("door").equals("form") ? Door.FORM : Door.PAGE),
                    request.origin());
            return asked(locale);
        } catch (FaultException e) {
            return page(
                    Problems.status(e.kind()),
                    request,
                    code,
                    form.get("address"),
                    Set.copyOf(form.all("topic")),
                    shell.faults(e, locale));
        }
    }

    /** The same whatever is known of the address. */
    private Response asked(Locale locale) {
        return shell.html(
                200,
                locale,
                shell.t(locale, "signup.page.asked"),
                "<p role=\"status\">" + shell.t(locale, "signup.page.asked.text") + "</p>");
    }

    private Response page(int status, Request request, String code, String faults) {
        return page(status, request, code, "", Set.of(), faults);
    }

    /** @param topics that were ticked: none ticked would mean all */
    private Response page(int status, Request request, String code, String address, Set<String> topics, String faults) {
        Locale locale = PublicShell.locale(request);
        SignUpSettings settings = signUps.settings(BranchId.MAIN);
        Optional<ConsentText> text = signUps.text(BranchId.MAIN, locale.getLanguage());
        if (!settings.ready() || text.isEmpty()) {
            return shell.html(
                    404,
                    locale,
                    shell.t(locale, "signup.page.title"),
                    "<p>" + shell.t(locale, "signup.closed") + "</p>");
        }
        StringBuilder out = new StringBuilder(faults);
        out.append("<p>")
                .append(shell.t(
                        locale,
                        "signup.page.intro",
                        "controller",
                        settings.controller(),
                        "purpose",
                        settings.purpose(locale.getLanguage())))
                .append("</p>");
        if (!settings.botName().isEmpty()) {
            out.append("<section><h2>")
                    .append(shell.t(locale, "signup.page.telegram"))
                    .append("</h2><p>")
                    .append(shell.t(locale, "signup.page.telegram.text"))
                    .append("</p><p><a class=\"button\" rel=\"noopener noreferrer\" href=\"https://t.me/")
                    .append(PublicPages.escape(settings.botName()))
                    .append("?start=")
                    .append(code.isEmpty() ? "page" : code)
                    .append("\">")
                    .append(shell.t(locale, "signup.page.telegram.open"))
                    .append("</a></p></section>");
        }
        if (signUps.byMail()) {
            mail(out, locale, text.get(), code, address, topics);
        } else if (settings.botName().isEmpty()) {
            out.append("<p>").append(shell.t(locale, "signup.closed.mail")).append("</p>");
        }
        out.append("<p class=\"meta\"><a href=\"/newsletter/privacy?lang=")
                .append(locale.getLanguage())
                .append("\">")
                .append(shell.t(locale, "signup.page.privacy"))
                .append("</a></p>")
                .append(PublicShell.languages(code.isEmpty() ? "/newsletter" : "/n/" + code));
        return shell.html(status, locale, shell.t(locale, "signup.page.title"), out.toString());
    }

    private void mail(
            StringBuilder out, Locale locale, ConsentText text, String code, String address, Set<String> chosen) {
        out.append("<section><h2>")
                .append(shell.t(locale, "signup.page.mail"))
                .append("</h2><form method=\"post\" action=\"/newsletter?lang=")
                .append(locale.getLanguage())
                .append("\"><label>")
                .append(shell.t(locale, "signup.page.address"))
                .append(
                        "<input name=\"address\" type=\"email\" autocomplete=\"email\" required maxlength=\"254\" value=\"")
                .append(PublicPages.escape(address))
                .append("\"></label>");
        List<Topic> topics = signUps.topics(BranchId.MAIN);
        if (!topics.isEmpty()) {
            out.append("<fieldset><legend>")
                    .append(shell.t(locale, "signup.page.topics"))
                    .append("</legend>");
            topics.forEach(
                    topic -> out.append("<label class=\"check\"><input type=\"checkbox\" name=\"topic\" value=\"")
                            .append(PublicPages.escape(topic.id()))
                            .append(chosen.contains(topic.id()) ? "\" checked> " : "\"> ")
                            .append(PublicPages.escape(topic.name(locale.getLanguage())))
                            .append("</label>"));
            out.append("</fieldset>");
        }
        out.append("<label class=\"check\"><input type=\"checkbox\" name=\"agree\" value=\"yes\" required> ")
                .append(PublicPages.escape(text.text()))
                .append("</label><input type=\"hidden\" name=\"text\" value=\"")
                .append(PublicPages.escape(text.id()))
                .append("\"><input type=\"hidden\" name=\"c\" value=\"")
                .append(code)
                .append("\">")
                .append(shell.pot(locale))
                .append("<p><button>")
                .append(shell.t(locale, "signup.page.send"))
                .append("</button></p></form></section>");
    }

    /** Whatever reads mail for its owner opens each address in it: this shows a button, and does nothing. */
    private Response look(Request request) {
        Locale locale = PublicShell.locale(request);
        return switch (signUps.look(request.param("token"))) {
            case SignUps.Look.Open open ->
                shell.html(
                        200,
                        locale,
                        shell.t(locale, "signup.page.confirm"),
                        "<p>" + question(locale, open) + "</p><form method=\"post\" action=\"/newsletter/confirm/"
                                + URLEncoder.encode(request.param("token"), StandardCharsets.UTF_8) + "?lang="
                                + locale.getLanguage() + "\"><p><button>"
                                + shell.t(locale, "signup.page.confirm.button") + "</button></p></form>");
            case SignUps.Look.Done done -> done(locale, done.kind());
            case SignUps.Look.Over _ -> over(locale);
        };
    }

    private String question(Locale locale, SignUps.Look.Open open) {
        return switch (open.kind()) {
            case CORRECT -> shell.t(locale, "signup.page.confirm.address", "address", open.address());
            case STILL -> shell.t(locale, "signup.page.confirm.still");
            case CONFIRM, ALREADY, DATA -> shell.t(locale, "signup.page.confirm.text");
        };
    }

    private Response confirm(Request request) {
        Locale locale = PublicShell.locale(request);
        try {
            return switch (signUps.confirm(request.param("token"))) {
                case SignUps.Look.Done done -> done(locale, done.kind());
                case SignUps.Look.Open open -> done(locale, open.kind());
                case SignUps.Look.Over _ -> over(locale);
            };
        } catch (FaultException e) {
            return shell.html(
                    Problems.status(e.kind()), locale, shell.t(locale, "signup.page.title"), shell.faults(e, locale));
        }
    }

    private Response done(Locale locale, SignUpMail.Kind kind) {
        String text = kind == SignUpMail.Kind.CORRECT ? "signup.page.done.address" : "signup.page.done.text";
        return shell.html(
                200,
                locale,
                shell.t(locale, "signup.page.done"),
                "<p role=\"status\">" + shell.t(locale, text) + "</p>");
    }

    private Response over(Locale locale) {
        return shell.html(
                410,
                locale,
                shell.t(locale, "signup.page.over"),
                "<p>" + shell.t(locale, "signup.page.over.text") + "</p><p><a href=\"/newsletter\">"
                        + shell.t(locale, "signup.page.again") + "</a></p>");
    }
}
