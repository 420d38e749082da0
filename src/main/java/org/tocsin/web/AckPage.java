package org.tocsin.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.alert.Acknowledging;
import org.tocsin.base.Message;

/**
 * The page of a link in a mail. A GET shows what it is for; a POST from that page acknowledges. No cookie, no script, no session: who holds the
 * link may do that one thing.
 */
final class AckPage {
    private static final long MOST = 1_000;
    private static final String CSP =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Acknowledging acknowledging;
    private final Views views;

    AckPage(Acknowledging acknowledging, Views views) {
        this.acknowledging = acknowledging;
        this.views = views;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/ack/:token", null, this::look),
                new Endpoint("POST", "/ack/:token", null, MOST, this::acknowledge));
    }

    private Response look(Request request) {
        Locale locale = request.locale();
        Optional<Acknowledging.Shown> shown = acknowledging.look(request.param("token"));
        if (shown.isEmpty()) {
            return over(locale);
        }
        String what = shown.get().open()
                ? paragraph(Message.of("alerting.ack.what", "watch", shown.get().watch()), locale)
                        + "<form method=\"post\"><button>" + t(Message.of("alerting.press.seen"), locale)
                        + "</button></form>"
                : paragraph(
                        Message.of("alerting.ack.already", "watch", shown.get().watch()), locale);
        return html(200, what, locale);
    }

    private Response acknowledge(Request request) {
        Locale locale = request.locale();
        return acknowledging
                .acknowledge(request.param("token"))
                .map(shown ->
                        html(200, paragraph(Message.of("alerting.ack.done", "watch", shown.watch()), locale), locale))
                .orElseGet(() -> over(locale));
    }

    private Response over(Locale locale) {
        return html(404, paragraph(Message.of("alerting.ack.over"), locale), locale);
    }

    private String paragraph(Message message, Locale locale) {
        return "<p role=\"status\">" + t(message, locale) + "</p>";
    }

    private String t(Message message, Locale locale) {
        return PublicPages.escape(views.text(message, locale));
    }

    private Response html(int status, String body, Locale locale) {
        String title = t(Message.of("alerting.ack.title"), locale);
        return Response.text(
                        status,
                        "text/html; charset=utf-8",
                        "<!doctype html><html lang=\"" + locale.getLanguage() + "\"><head><meta charset=\"utf-8\">"
                                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
                                + title + "</title><link rel=\"stylesheet\" href=\"/style.css\"></head><body><main><h1>"
                                + title + "</h1>" + body + "</main></body></html>")
                .with("Cache-Control", "no-store")
                .with("Content-Security-Policy", CSP)
                .with("Referrer-Policy", "no-referrer")
                .with("X-Robots-Tag", "noindex")
                .with("Vary", "Accept-Language");
    }
}
