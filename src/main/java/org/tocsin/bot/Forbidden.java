package org.tocsin.bot;

import java.util.Locale;

/** What the Bot API says with status 403 to a bot that may not write to somebody (core.telegram.org/bots/api, "Making requests"). */
public final class Forbidden {
    private Forbidden() {}

    /**
     * Only what names the person says something of him. A bot that took another's place is refused by everybody, for none of them has spoken to
     * it: {@code bot can't initiate conversation with a user}.
     *
     * @param description as the answer has it; may be empty
     * @return whether he blocked the bot, or his account is gone
     */
    public static boolean byPerson(String description) {
        String said = description.toLowerCase(Locale.ROOT);
        return said.contains("blocked by the user") || said.contains("user is deactivated");
    }
}
