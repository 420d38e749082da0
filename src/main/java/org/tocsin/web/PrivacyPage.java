package org.tocsin.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;
import org.tocsin.mention.rights.Objection.Said;
import org.tocsin.mention.rights.PeoplesRights;
import org.tocsin.mention.rights.Subject;

/**
 * Tells anybody who is heard that he is, by whom and for how long, and takes his objection. No cookie, no script, no session: there is nothing
 * that a forged request could ride on.
 */
final class PrivacyPage {
    private final PeoplesRights rights;
    private final Views views;
    private final PublicShell shell;

    PrivacyPage(PeoplesRights rights, Views views) {
        this.rights = rights;
        this.views = views;
        this.shell = new PublicShell(views);
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/privacy", null, request -> page(200, PublicShell.locale(request), Map.of(), "")),
                new Endpoint("POST", "/privacy", null, PublicShell.MOST, this::object));
    }

    private Response object(Request request) {
        Locale locale = PublicShell.locale(request);
        PublicShell.Sent sent = PublicShell.form(request);
        Map<String, String> form =
                sent.fields().keySet().stream().collect(Collectors.toMap(Function.identity(), sent::get));
        if (sent.robot()) {
            // Whoever filled this in is told what he hopes to hear.
            return done(locale);
        }
        try {
            rights.objections()
                    .file(
                            BranchId.MAIN,
                            new Said(
                                    form.getOrDefault("author", "").strip(),
                                    some(form, "network"),
                                    some(form, "reason"),
                                    some(form, "contact"),
                                    null),
                            request.origin());
            return done(locale);
        } catch (FaultException e) {
            return page(Problems.status(e.kind()), locale, form, shell.faults(e, locale));
        }
    }

    private static @Nullable String some(Map<String, String> form, String field) {
        String value = form.getOrDefault(field, "").strip();
        return value.isEmpty() ? null : value;
    }

    private Response done(Locale locale) {
        return html(
                200,
                locale,
                "<p role=\"status\">" + t(Message.of("rights.page.filed"), locale) + "</p><p><a href=\"/privacy\">"
                        + t(Message.of("rights.page.back"), locale) + "</a></p>");
    }

    private Response page(int status, Locale locale, Map<String, String> form, String faults) {
        PeoplesRights.Notice notice = rights.notice();
        StringBuilder out = new StringBuilder(faults);
        if (!notice.text().isBlank()) {
            out.append("<section><p class=\"said\">")
                    .append(PublicPages.escape(notice.text()))
                    .append("</p></section>");
        }
        section(out, locale, "rights.page.who", Message.of("rights.page.who.text", "name", notice.organisation()));
        section(out, locale, "rights.page.why", Message.of("rights.page.why.text"));
        section(
                out,
                locale,
                "rights.page.what",
                Message.of("rights.page.what.text", "networks", String.join(", ", names(notice, locale))));
        section(
                out,
                locale,
                "rights.page.long",
                Message.of("rights.page.long.text", "time", span(notice.kept(), locale)));
        section(out, locale, "rights.page.basis", Message.of("rights.page.basis.text"));
        section(out, locale, "rights.page.yours", Message.of("rights.page.yours.text"));
        if (!notice.contact().isBlank()) {
            out.append("<p>")
                    .append(t(Message.of("rights.page.contact", "contact", notice.contact()), locale))
                    .append("</p>");
        }
        out.append("<section id=\"object\"><h2>")
                .append(t(Message.of("rights.page.object"), locale))
                .append("</h2><p>")
                .append(t(Message.of("rights.page.object.text"), locale))
                .append("</p><form method=\"post\" action=\"/privacy?lang=")
                .append(locale.getLanguage())
                .append("\">");
        field(out, locale, form, "author", Message.of("rights.page.author"), " required maxlength=\"300\"");
        networks(out, locale, form);
        out.append("<label>")
                .append(t(Message.of("rights.page.reason"), locale))
                .append("<textarea name=\"reason\" rows=\"4\" maxlength=\"2000\">")
                .append(PublicPages.escape(form.getOrDefault("reason", "")))
                .append("</textarea></label>");
        field(out, locale, form, "contact", Message.of("rights.page.answer"), " maxlength=\"300\"");
        out.append(shell.pot(locale))
                .append("<p><button>")
                .append(t(Message.of("rights.page.send"), locale))
                .append("</button></p></form></section>")
                .append(PublicShell.languages("/privacy"));
        return html(status, locale, out.toString());
    }

    private List<String> names(PeoplesRights.Notice notice, Locale locale) {
        return notice.networks().get().stream()
                .map(id -> name(id, locale))
                .distinct()
                .toList();
    }

    private String name(String network, Locale locale) {
        return NetworkNames.of(network, message -> views.text(message, locale));
    }

    private void networks(StringBuilder out, Locale locale, Map<String, String> form) {
        out.append("<label>")
                .append(t(Message.of("rights.page.network"), locale))
                .append("<select name=\"network\"><option value=\"\"></option>");
        for (String one : Subject.NETWORKS) {
            out.append("<option value=\"")
                    .append(one)
                    .append(one.equals(form.get("network")) ? "\" selected>" : "\">")
                    .append(PublicPages.escape(name(one, locale)))
                    .append("</option>");
        }
        out.append("</select></label>");
    }

    private String span(Duration kept, Locale locale) {
        long days = Math.max(1, kept.toDays());
        return views.text(
                days >= 60
                        ? Message.of("rights.page.months", "number", Math.round(days / 30.44))
                        : Message.of("rights.page.days", "number", days),
                locale);
    }

    private void section(StringBuilder out, Locale locale, String title, Message text) {
        out.append("<section><h2>").append(t(Message.of(title), locale)).append("</h2><p>");
        out.append(t(text, locale)).append("</p></section>");
    }

    private void field(
            StringBuilder out, Locale locale, Map<String, String> form, String name, Message label, String more) {
        out.append("<label>")
                .append(t(label, locale))
                .append("<input name=\"")
                .append(name)
                .append("\" value=\"")
                .append(PublicPages.escape(form.getOrDefault(name, "")))
                .append('"')
                .append(more)
                .append("></label>");
    }

    private String t(Message message, Locale locale) {
        return PublicPages.escape(views.text(message, locale));
    }

    private Response html(int status, Locale locale, String body) {
        return shell.html(status, locale, t(Message.of("rights.page.title"), locale), body);
    }
}
