package org.tocsin.letter;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mail to one person.
 *
 * @param id       becomes the message id, before the at sign: the same for a letter that is sent again; letters, digits, dots and hyphens
 * @param to       an address that {@link org.tocsin.letter.MailAddress} has taken
 * @param subject  one line
 * @param text     plain, always there
 * @param html     of the same words; null for none
 * @param language of the words, a tag of BCP 47
 * @param headers  further ones, such as {@code List-Unsubscribe}; names and values are checked for control characters by who sends
 * @param pictures shown by the HTML
 */
public record Letter(
        String id,
        String to,
        String subject,
        String text,
        @Nullable String html,
        String language,
        Map<String, String> headers,
        List<Picture> pictures) {
    public Letter {
        headers = Map.copyOf(headers);
        pictures = List.copyOf(pictures);
    }

    /** One without pictures. */
    public Letter(
            String id,
            String to,
            String subject,
            String text,
            @Nullable String html,
            String language,
            Map<String, String> headers) {
        this(id, to, subject, text, html, language, headers, List.of());
    }

    /**
     * A picture that travels within the letter: nobody is asked for it when the letter is opened.
     *
     * @param cid  by which the HTML names it ({@code src="cid:…"}); letters, digits and hyphens, unique within the letter
     * @param type such as {@code image/jpeg}
     * @param file a copy without metadata; read when the letter is sent
     */
    public record Picture(String cid, String type, Path file, long bytes) {}
}
