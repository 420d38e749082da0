package org.tocsin.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.Message;

/** What pages for anybody have in common: no cookie, no script, no session, so that a forged request has nothing to ride on. */
final class PublicShell {
    /** A form is small; what is larger is no form. */
    static final long MOST = 16_000;
    /** A field that people do not see, and that programs fill in. */
    static final String POT = "website";

    private static final String CSP =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Views views;

    PublicShell(Views views) {
        this.views = views;
    }

    static Locale locale(Request request) {
        return request.query("lang")
                .filter(one -> one.equals("fr") || one.equals("en"))
                .map(Locale::forLanguageTag)
                .orElse(request.locale());
    }

    /** A form that was sent. */
    record Sent(Map<String, List<String>> fields) {
        /** @return the first value; empty where there is none */
        String get(String name) {
            return fields.getOrDefault(name, List.of()).stream()
                    .findFirst()
                    .orElse("")
                    .strip();
        }

        List<String> all(String name) {
            return fields.getOrDefault(name, List.of());
        }

        /** Whether a program filled it in. */
        boolean robot() {
            return !get(POT).isBlank();
        }
    }

    static Sent form(Request request) {
        Map<String, List<String>> fields = new HashMap<>();
        try (InputStream in = request.body().open()) {
            for (String pair : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("&", 60)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.computeIfAbsent(decode(pair.substring(0, equals)), name -> new ArrayList<>())
                            .add(decode(pair.substring(equals + 1)));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new FaultException(FaultException.Kind.MALFORMED, Fault.at("", Message.of("rights.page.malformed")));
        }
        return new Sent(fields);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** @return a text, escaped */
    String t(Locale locale, String code, Object... pairs) {
        return PublicPages.escape(views.text(Message.of(code, pairs), locale));
    }

    /** @return what is wrong, as paragraphs that are read aloud */
    String faults(FaultException thrown, Locale locale) {
        StringBuilder why = new StringBuilder();
        for (Fault fault : thrown.faults()) {
            why.append("<p class=\"freeze\" role=\"alert\">")
                    .append(PublicPages.escape(views.text(fault.message(), locale)))
                    .append("</p>");
        }
        return why.toString();
    }

    /** A field that is hidden from people. */
    String pot(Locale locale) {
        return "<div hidden><label>" + t(locale, "rights.page.pot") + "<input name=\"" + POT
                + "\" tabindex=\"-1\" autocomplete=\"off\"></label></div>";
    }

    /** @return links to the same page in both languages */
    static String languages(String path) {
        String at = PublicPages.escape(path) + (path.contains("?") ? "&amp;" : "?");
        return "<footer><p><a href=\"" + at + "lang=fr\" lang=\"fr\">Français</a> · <a href=\"" + at
                + "lang=en\" lang=\"en\">English</a></p></footer>";
    }

    /**
     * A page.
     *
     * @param title escaped
     * @param body  markup
     */
    Response html(int status, Locale locale, String title, String body) {
        return Response.text(
                        status,
                        "text/html; charset=utf-8",
                        "<!doctype html><html lang=\"" + locale.getLanguage() + "\"><head><meta charset=\"utf-8\">"
                                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
                                + title
                                + "</title><link rel=\"stylesheet\" href=\"/style.css\"></head><body><main><h1>"
                                + title + "</h1>" + body + "</main></body></html>")
                .with("Cache-Control", "no-store")
                .with("Content-Security-Policy", CSP)
                .with("Referrer-Policy", "no-referrer")
                .with("Vary", "Accept-Language");
    }
}
