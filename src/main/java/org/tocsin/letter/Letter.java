package org.tocsin.letter;

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
 */
public record Letter(
        String id,
        String to,
        String subject,
        String text,
        @Nullable String html,
        String language,
        Map<String, String> headers) {
    public Letter {
        headers = Map.copyOf(headers);
    }
}
