package org.tocsin.newsletter;

import org.tocsin.base.BranchId;
import org.tocsin.letter.Posted;

/** Hands letters to the public bot of a branch. */
public interface TelegramLetters {
    /** @return whether the branch has a bot */
    boolean ready(BranchId branch);

    /**
     * Sends one text to one person, once. Never throws for what Telegram answers.
     *
     * @param telegramId his number
     * @param id         of the row, for the log
     */
    Posted send(BranchId branch, long telegramId, StyledText text, String language, String id);
}
