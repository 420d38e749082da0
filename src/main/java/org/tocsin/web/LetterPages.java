package org.tocsin.web;

import java.util.List;
import java.util.Locale;
import org.tocsin.base.FaultException;
import org.tocsin.letter.Letter;
import org.tocsin.newsletter.Newsletter;

/** What everybody may read of newsletters that went out: no cookie, no script, nothing of any reader's. */
final class LetterPages {
    private static final String CSP = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final NewsletterParts parts;

    LetterPages(NewsletterParts parts) {
        this.parts = parts;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/letters/:id", null, this::page),
                Endpoint.get("/letters/:id/images/:image", null, this::image));
    }

    /** An image is shown to everybody as long as a newsletter that went out shows it. */
    private Response image(Request request) {
        Letter.Picture picture = parts.newsletters()
                .published(request.param("id"))
                .flatMap(newsletter -> parts.composer().picture(newsletter, request.param("image")))
                .orElseThrow(() -> FaultException.notFound("path", request.path()));
        return Response.file(picture.type(), picture.file())
                .with("Cache-Control", "public, max-age=86400")
                .with("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    private Response page(Request request) {
        Newsletter newsletter = parts.newsletters()
                .published(request.param("id"))
                .orElseThrow(() -> FaultException.notFound("path", request.path()));
        Locale locale = request.query("lang").map(Locale::forLanguageTag).orElse(request.locale());
        String language = newsletter.language(locale.getLanguage());
        String subject = PublicPages.escape(newsletter.text(language).subject());
        StringBuilder others = new StringBuilder();
        newsletter.texts().keySet().stream()
                .filter(one -> !one.equals(language))
                .sorted()
                .forEach(one -> others.append("<footer><p><a href=\"?lang=")
                        .append(one)
                        .append("\" lang=\"")
                        .append(one)
                        .append("\">")
                        .append(one.equals("fr") ? "Français" : "English")
                        .append("</a></p></footer>"));
        String html = "<!doctype html><html lang=\"" + language + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + subject
                + "</title><link rel=\"stylesheet\" href=\"/style.css\"></head><body><main><h1>" + subject + "</h1>"
                + parts.composer().page(newsletter, language) + others + "</main></body></html>";
        return Response.text(200, "text/html; charset=utf-8", html)
                .with("Cache-Control", "public, max-age=300")
                .with("Vary", "Accept-Language")
                .with("Content-Security-Policy", CSP)
                .with("Referrer-Policy", "no-referrer");
    }
}
