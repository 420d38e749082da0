package org.tocsin.subscriber;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one row of the register says.
 *
 * @param purpose  as it was told
 * @param language in which
 * @param textHash SHA-256 of the text that was agreed to, 64 hexadecimal digits; null where no text was shown
 * @param reach    where letters were to go
 * @param who      an address, or {@code telegram:} and a number
 * @param topics   names of what was chosen
 * @param link     what brought him; null for nothing known
 * @param door     by which way he came
 * @param proof    how it is known that it was him: id of the mail with the token, number of the update, who of the team did it
 */
public record Consent(
        Kind kind,
        String purpose,
        String language,
        @Nullable String textHash,
        Subscriber.Reach reach,
        String who,
        List<String> topics,
        @Nullable String link,
        Door door,
        String proof) {
    public Consent {
        topics = List.copyOf(topics);
    }

    /** What happened. */
    public enum Kind {
        ASKED,
        CONFIRMED,
        /** Was brought in with a statement of the team that he had agreed elsewhere. */
        IMPORTED,
        /** Said, being asked, that he still wants letters. */
        RENEWED,
        /** Chose other topics or another language. */
        CHANGED,
        /** Gave another address. */
        CORRECTED,
        RESTRICTED,
        RELEASED,
        WITHDRAWN
    }

    /** By which way. */
    public enum Door {
        /** The bot on Telegram. */
        BOT,
        /** The organisation's own page. */
        PAGE,
        /** A form on another page. */
        FORM,
        API,
        /** A link in a letter. */
        LETTER,
        /** Somebody of the team, who was asked to. */
        TEAM,
        /** A table. */
        IMPORT,
        /** The daemon, by time or by what a server said. */
        DAEMON
    }
}
