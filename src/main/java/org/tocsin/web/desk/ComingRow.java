package org.tocsin.web.desk;

import java.util.List;

/**
 * A story among what is coming in.
 *
 * @param ids     of all its mentions, parted by blanks
 * @param story   its mentions, the newest first
 * @param watch   the address of a new watch with the words that stand out
 * @param words   those words; empty where none do
 * @param reply   how it is answered
 * @param explain the address that says why it rang, or not
 * @param replies what we have answered
 */
public record ComingRow(
        String ids,
        StoryRow story,
        String watch,
        String words,
        ReplyButton reply,
        String explain,
        List<Reply> replies) {
    public ComingRow {
        replies = List.copyOf(replies);
    }
}
