package org.tocsin.web;

import java.util.List;
import java.util.Locale;
import org.tocsin.base.BranchId;
import org.tocsin.subscriber.SignUpSettings;
import org.tocsin.subscriber.SignUps;
import org.tocsin.subscriber.hook.SubscriptionHooks;

/** What people are told of the newsletter's use of their data (GDPR, article 13), made from what is really set. */
final class NewsletterPrivacy {
    private final SignUps signUps;
    private final SubscriptionHooks hooks;
    private final PublicShell shell;

    NewsletterPrivacy(SignUpParts parts, PublicShell shell) {
        this.signUps = parts.signUps();
        this.hooks = parts.hooks();
        this.shell = shell;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/newsletter/privacy", null, this::page));
    }

    private Response page(Request request) {
        Locale locale = PublicShell.locale(request);
        SignUpSettings settings = signUps.settings(BranchId.MAIN);
        if (!settings.ready()) {
            return shell.html(
                    404,
                    locale,
                    shell.t(locale, "signup.privacy.title"),
                    "<p>" + shell.t(locale, "signup.closed") + "</p>");
        }
        StringBuilder out = new StringBuilder();
        section(
                out,
                locale,
                "signup.privacy.who",
                shell.t(
                        locale,
                        "signup.privacy.who.text",
                        "controller",
                        settings.controller(),
                        "postal",
                        settings.postal(),
                        "contact",
                        settings.contact()));
        section(
                out,
                locale,
                "signup.privacy.why",
                shell.t(locale, "signup.privacy.why.text", "purpose", settings.purpose(locale.getLanguage())));
        section(out, locale, "signup.privacy.what", shell.t(locale, "signup.privacy.what.text"));
        section(
                out,
                locale,
                "signup.privacy.where",
                shell.t(
                        locale,
                        settings.botName().isEmpty() ? "signup.privacy.where.text" : "signup.privacy.where.telegram"));
        hooks.follows(BranchId.MAIN)
                .ifPresent(withAddress -> section(
                        out,
                        locale,
                        "signup.privacy.follower",
                        shell.t(
                                locale,
                                withAddress ? "signup.privacy.follower.address" : "signup.privacy.follower.text")));
        section(out, locale, "signup.privacy.long", shell.t(locale, "signup.privacy.long.text"));
        section(
                out,
                locale,
                "signup.privacy.rights",
                shell.t(locale, "signup.privacy.rights.text", "contact", settings.contact()));
        out.append("<p><a href=\"/newsletter?lang=")
                .append(locale.getLanguage())
                .append("\">")
                .append(shell.t(locale, "signup.page.again"))
                .append("</a></p>")
                .append(PublicShell.languages("/newsletter/privacy"));
        return shell.html(200, locale, shell.t(locale, "signup.privacy.title"), out.toString());
    }

    private void section(StringBuilder out, Locale locale, String title, String text) {
        out.append("<section><h2>")
                .append(shell.t(locale, title))
                .append("</h2><p>")
                .append(text)
                .append("</p></section>");
    }
}
