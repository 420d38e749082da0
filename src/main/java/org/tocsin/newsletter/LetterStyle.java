package org.tocsin.newsletter;

import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * How letters look. Styles stand with the elements, because mail programs drop style sheets; text and ground keep a contrast of at least 4.5
 * to 1 also where a program turns light into dark, which it does to colours that it is given: so there are few.
 */
final class LetterStyle {
    private static final Map<String, String> STYLES = Map.ofEntries(
            Map.entry("p", "margin:0 0 1em"),
            Map.entry("h1", "margin:1.2em 0 .5em;font-size:1.5em;line-height:1.25"),
            Map.entry("h2", "margin:1.2em 0 .5em;font-size:1.25em;line-height:1.3"),
            Map.entry("h3", "margin:1.2em 0 .5em;font-size:1.1em"),
            Map.entry("h4", "margin:1.2em 0 .5em;font-size:1em"),
            Map.entry("a", "text-decoration:underline"),
            Map.entry("ul", "margin:0 0 1em;padding-left:1.5em"),
            Map.entry("ol", "margin:0 0 1em;padding-left:1.5em"),
            Map.entry("li", "margin:0 0 .3em"),
            Map.entry("blockquote", "margin:0 0 1em;padding-left:1em;border-left:3px solid #888888"),
            Map.entry("pre", "margin:0 0 1em;overflow-x:auto;white-space:pre-wrap"),
            Map.entry("hr", "margin:1.5em 0;border:0;border-top:1px solid #888888"),
            Map.entry("img", "display:block;max-width:100%;height:auto;border:0"));

    private LetterStyle() {}

    /** Puts the styles on the elements. */
    static Document dressed(Document body) {
        for (Element element : body.body().getAllElements()) {
            String style = STYLES.get(element.tagName());
            if (style != null) {
                element.attr("style", style);
            }
        }
        return body;
    }

    /**
     * @param language  of the words
     * @param subject   as text
     * @param preheader as text; empty for none
     * @param body      HTML
     * @param footer    HTML
     */
    static String page(String language, String subject, String preheader, String body, String footer) {
        String hidden = preheader.isEmpty()
                ? ""
                : "<div style=\"display:none;max-height:0;overflow:hidden\">" + escape(preheader) + "</div>";
        return "<!DOCTYPE html>\n<html lang=\"" + language + "\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                + "<meta name=\"color-scheme\" content=\"light dark\">"
                + "<meta name=\"supported-color-schemes\" content=\"light dark\"><title>" + escape(subject)
                + "</title></head><body style=\"margin:0;padding:0\">" + hidden
                + "<div lang=\"" + language + "\" style=\"max-width:36em;margin:0 auto;padding:1.5em 1em;"
                + "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:16px;line-height:1.5\">"
                + body + "<hr style=\"" + STYLES.get("hr") + "\"><div style=\"font-size:.85em\">" + footer
                + "</div></div></body></html>\n";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
