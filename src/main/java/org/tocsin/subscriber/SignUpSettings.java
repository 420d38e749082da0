package org.tocsin.subscriber;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Secret;

/**
 * Who answers for the newsletter, and what for. Nobody can sign up before that is said (GDPR, articles 13 and 14).
 *
 * @param controller who answers for the data: a name in law
 * @param contact    where one writes about one's data: an address for mail, or of a page
 * @param postal     where the controller sits; part of each letter
 * @param purposeFr  what letters are about, in French, as in “… pour recevoir ‹ les nouvelles de la section ›”
 * @param purposeEn  the same in English
 * @param bot        the token of the bot by which people sign up; null for none. Another than that of any channel
 * @param botName    its user name, without the at sign; empty without a bot
 */
public record SignUpSettings(
        String controller,
        String contact,
        String postal,
        String purposeFr,
        String purposeEn,
        @Nullable Secret bot,
        String botName,
        long version) {
    /** Nothing is said yet. */
    public static final SignUpSettings NONE = new SignUpSettings("", "", "", "", "", null, "", 0);

    /** @return the names of what is missing, as in the API; empty where people may sign up */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (controller.isBlank()) {
            missing.add("controller");
        }
        if (contact.isBlank()) {
            missing.add("contact");
        }
        if (purposeFr.isBlank() && purposeEn.isBlank()) {
            missing.add("purpose");
        }
        return missing;
    }

    /** @return whether people may sign up */
    public boolean ready() {
        return missing().isEmpty();
    }

    /** @return what letters are about; in the other language where it was not said in this one */
    public String purpose(String language) {
        String wanted = language.equals("fr") ? purposeFr : purposeEn;
        String other = language.equals("fr") ? purposeEn : purposeFr;
        return wanted.isBlank() ? other : wanted;
    }
}
