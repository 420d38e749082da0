package org.tocsin.web.desk;

/**
 * One of several values in a form.
 *
 * @param value what is sent
 * @param word  what a person reads
 */
public record Choice(String value, String word) {
    /** @return a network's own word for who may see a post, as people say it; the word itself where it is none that we know */
    static String visibility(Visit visit, String value) {
        return switch (value) {
            case "public" -> visit.t("desk.visibility.public");
            case "unlisted" -> visit.t("desk.visibility.unlisted");
            case "private" -> visit.t("desk.visibility.private");
            case "direct" -> visit.t("desk.visibility.direct");
            default -> value;
        };
    }
}
