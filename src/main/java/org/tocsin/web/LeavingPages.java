package org.tocsin.web;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.base.FaultException;
import org.tocsin.subscriber.Choices;
import org.tocsin.subscriber.Consent.Door;
import org.tocsin.subscriber.Leaving;
import org.tocsin.subscriber.LetterLinks;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.Subscriber;
import org.tocsin.subscriber.Subscriber.State;
import org.tocsin.subscriber.Topic;

/**
 * Where the links of a letter lead: leaving in one step, also without a person (RFC 8058: a POST without cookies is acted upon at once, a GET
 * changes nothing), and choosing. Whoever holds a letter may do that much; data is shown only by a link that goes to the address itself.
 */
final class LeavingPages {
    private final SignUps signUps;
    private final Choices choices;
    private final Leaving leaving;
    private final LetterLinks links;
    private final PublicShell shell;

    LeavingPages(SignUpParts parts, PublicShell shell) {
        this.signUps = parts.signUps();
        this.choices = parts.choices();
        this.leaving = parts.leaving();
        this.links = parts.links();
        this.shell = shell;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/newsletter/leave/:token", null, this::askToLeave),
                new Endpoint("POST", "/newsletter/leave/:token", null, PublicShell.MOST, this::leave),
                Endpoint.get("/newsletter/choices/:token", null, request -> choices(200, request, "")),
                new Endpoint("POST", "/newsletter/choices/:token", null, PublicShell.MOST, this::choose));
    }

    private Optional<Subscriber> whose(Request request) {
        return links.subscriber(request.param("token"))
                .flatMap(choices::find)
                .filter(one -> one.state() != State.LEFT && one.state() != State.UNREACHABLE);
    }

    private Response askToLeave(Request request) {
        Locale locale = locale(request, whose(request));
        return shell.html(
                200,
                locale,
                shell.t(locale, "signup.page.leave"),
                "<p>" + shell.t(locale, "signup.page.leave.text") + "</p>" + leaveForm(request, locale));
    }

    private String leaveForm(Request request, Locale locale) {
        return "<form method=\"post\" action=\"/newsletter/leave/" + PublicPages.escape(request.param("token"))
                + "?lang=" + locale.getLanguage() + "\"><p><button name=\"page\" value=\"yes\">"
                + shell.t(locale, "signup.page.leave.button") + "</button></p></form>";
    }

    /** The same answer for whoever was there, has left already, or never was. */
    private Response leave(Request request) {
        Locale locale = locale(request, whose(request));
        links.subscriber(request.param("token"))
                .flatMap(choices::find)
                .ifPresent(one -> leaving.leaveByLink(one.branch(), one.id()));
        return shell.html(
                200,
                locale,
                shell.t(locale, "signup.page.left"),
                "<p role=\"status\">" + shell.t(locale, "signup.page.left.text") + "</p><p><a href=\"/newsletter\">"
                        + shell.t(locale, "signup.page.again") + "</a></p>");
    }

    private static Locale locale(Request request, Optional<Subscriber> whose) {
        return request.query("lang").isPresent()
                ? PublicShell.locale(request)
                : whose.map(one -> Locale.forLanguageTag(one.language())).orElseGet(request::locale);
    }

    private Response choices(int status, Request request, String said) {
        Optional<Subscriber> whose = whose(request);
        Locale locale = locale(request, whose);
        if (whose.isEmpty()) {
            return shell.html(
                    410,
                    locale,
                    shell.t(locale, "signup.page.over"),
                    "<p>" + shell.t(locale, "signup.page.gone") + "</p>");
        }
        Subscriber one = whose.get();
        String action =
                "/newsletter/choices/" + PublicPages.escape(request.param("token")) + "?lang=" + locale.getLanguage();
        StringBuilder out = new StringBuilder(said);
        out.append("<form method=\"post\" action=\"").append(action).append("\">");
        List<Topic> topics = signUps.topics(one.branch(), one.topics());
        if (!topics.isEmpty()) {
            out.append("<fieldset><legend>")
                    .append(shell.t(locale, "signup.page.topics"))
                    .append("</legend>");
            for (Topic topic : topics) {
                box(out, "topic", topic.id(), one.topics().contains(topic.id()), name(topic, locale));
            }
            out.append("</fieldset>");
        }
        out.append("<fieldset><legend>")
                .append(shell.t(locale, "signup.page.language"))
                .append("</legend>");
        radio(out, "fr", one.language().equals("fr"), "Français");
        radio(out, "en", one.language().equals("en"), "English");
        out.append("</fieldset><p><button name=\"act\" value=\"choose\">")
                .append(shell.t(locale, "signup.page.choose"))
                .append("</button></p></form>");
        if (one.person().address() != null && signUps.byMail()) {
            out.append("<section><h2>")
                    .append(shell.t(locale, "signup.page.data"))
                    .append("</h2><p>")
                    .append(shell.t(locale, "signup.page.data.text"))
                    .append("</p><form method=\"post\" action=\"")
                    .append(action)
                    .append("\"><p><button name=\"act\" value=\"data\">")
                    .append(shell.t(locale, "signup.page.data.button"))
                    .append("</button></p></form></section>");
        }
        right(out, locale, action, "restrict", one.state() == State.RESTRICTED ? "signup.data.restricted" : "");
        right(out, locale, action, "object", "");
        out.append("<section><h2>")
                .append(shell.t(locale, "signup.page.leave"))
                .append("</h2>")
                .append(leaveForm(request, locale))
                .append("</section>");
        return shell.html(status, locale, shell.t(locale, "signup.page.choices"), out.toString());
    }

    /** What somebody asks for by right; whoever holds a letter may end letters, and not begin them again. */
    private void right(StringBuilder out, Locale locale, String action, String act, String already) {
        String label = act.equals("object") ? "signup.data.object" : "signup.data.restrict";
        out.append("<section><h2>").append(shell.t(locale, label)).append("</h2>");
        if (already.isEmpty()) {
            out.append("<p>")
                    .append(shell.t(
                            locale, act.equals("object") ? "signup.data.object.text" : "signup.data.restrict.text"))
                    .append("</p><form method=\"post\" action=\"")
                    .append(action)
                    .append("\"><p><button name=\"act\" value=\"")
                    .append(act)
                    .append("\">")
                    .append(shell.t(
                            locale, act.equals("object") ? "signup.data.object.button" : "signup.data.restrict.button"))
                    .append("</button></p></form>");
        } else {
            out.append("<p>").append(shell.t(locale, already)).append("</p>");
        }
        out.append("</section>");
    }

    /** A topic that is offered no more is shown to who chose it: left out it would be chosen away, and nothing chosen means everything. */
    private String name(Topic topic, Locale locale) {
        String name = topic.name(locale.getLanguage());
        return topic.retiredAt() == null ? name : shell.t(locale, "signup.page.topic.retired", "name", name);
    }

    private static void box(StringBuilder out, String name, String value, boolean on, String label) {
        out.append("<label class=\"check\"><input type=\"checkbox\" name=\"")
                .append(name)
                .append("\" value=\"")
                .append(PublicPages.escape(value))
                .append(on ? "\" checked> " : "\"> ")
                .append(PublicPages.escape(label))
                .append("</label>");
    }

    private static void radio(StringBuilder out, String value, boolean on, String label) {
        out.append("<label class=\"check\" lang=\"")
                .append(value)
                .append("\"><input type=\"radio\" name=\"language\" value=\"")
                .append(value)
                .append(on ? "\" checked> " : "\"> ")
                .append(label)
                .append("</label>");
    }

    private Response choose(Request request) {
        Optional<Subscriber> whose = whose(request);
        Locale locale = locale(request, whose);
        PublicShell.Sent form = PublicShell.form(request);
        if (whose.isEmpty()) {
            return choices(410, request, "");
        }
        try {
            if (form.get("act").equals("data")) {
                choices.sendDataLink(whose.get().branch(), whose.get().id());
                return choices(200, request, said(locale, "signup.page.data.sent"));
            }
            if (form.get("act").equals("restrict")) {
                choices.restrict(whose.get().branch(), whose.get().id(), Door.LETTER);
                return choices(200, request, said(locale, "signup.page.restricted"));
            }
            if (form.get("act").equals("object")) {
                leaving.oppose(whose.get().branch(), whose.get().id(), Door.LETTER, "link");
                return shell.html(
                        200,
                        locale,
                        shell.t(locale, "signup.page.objected"),
                        said(locale, "signup.page.objected.text"));
            }
            // A form without its button is nobody's choice: it would take all topics away.
            if (!form.get("act").equals("choose")) {
                return choices(200, request, "");
            }
            choices.choose(
                    whose.get().branch(),
                    whose.get().id(),
                    new HashSet<>(form.all("topic")),
                    form.get("language"),
                    Door.LETTER);
            return choices(200, request, said(locale, "signup.page.saved"));
        } catch (FaultException e) {
            return choices(Problems.status(e.kind()), request, shell.faults(e, locale));
        }
    }

    private String said(Locale locale, String code) {
        return "<p role=\"status\">" + shell.t(locale, code) + "</p>";
    }
}
