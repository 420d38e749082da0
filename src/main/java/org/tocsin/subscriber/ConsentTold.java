package org.tocsin.subscriber;

/**
 * What was said of the newsletter when a text of consent was written, in the language of the text.
 *
 * @param controller who answered for it
 * @param purpose    what it was for
 * @param contact    where one wrote about one's data
 */
public record ConsentTold(String controller, String purpose, String contact) {
    static ConsentTold of(SignUpSettings settings, String language) {
        return new ConsentTold(settings.controller(), settings.purpose(language), settings.contact());
    }
}
