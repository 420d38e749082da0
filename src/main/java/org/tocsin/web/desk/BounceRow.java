package org.tocsin.web.desk;

/**
 * A letter that came back.
 *
 * @param person   id of the subscriber; empty once he was erased
 * @param who      his address, or number on Telegram; empty likewise
 * @param at       when
 * @param why      in plain words, with the code where the server said one
 * @param done     what was done
 * @param struck   whether nothing is sent there any more
 * @param newsletter its id; empty for a mail about a sign-up
 */
public record BounceRow(
        String person, String who, String at, String why, String done, boolean struck, String newsletter) {}
