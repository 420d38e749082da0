package org.tocsin.web.desk;

import org.jspecify.annotations.Nullable;

/**
 * A delivery as a page shows it.
 *
 * @param network  its id
 * @param letter   the network's mark
 * @param kind     {@code good}, {@code waiting}, {@code care}, {@code wrong}, {@code quiet}: the colour of its state
 * @param sign     the shape of its state
 * @param word     its state in plain words, with its time
 * @param reason   why it is in that state, with the part of a thread that is asked about; may be empty
 * @param late     since when it should have gone, empty where it is on time
 * @param planned  for when it was planned, of what is held; else empty
 * @param freezing whether it will be held by a freeze when its time comes
 * @param url      where it is; empty where that is not known
 * @param checking when Tocsin looks by itself the next time, empty where only a person can tell
 * @param resolve  whether a person may say whether it is there
 * @param more     whether a part follows the one that is asked about, which needs its link
 * @param retry    whether it may be let go on
 * @param frozen   whether that needs a reason, for a freeze stands
 * @param cancel   whether it may be taken back
 * @param failed   whether that sets aside what was refused or has taken too long
 * @param gone     whether it was taken back after it was out
 * @param taking   that it is taken back, null where it is not, or all of it is gone
 */
public record Row(
        String id,
        String postId,
        String channel,
        String network,
        String letter,
        String kind,
        String sign,
        String word,
        String reason,
        String late,
        String planned,
        boolean freezing,
        String text,
        String url,
        String checking,
        long version,
        boolean resolve,
        boolean more,
        boolean retry,
        boolean frozen,
        boolean cancel,
        boolean failed,
        boolean gone,
        @Nullable Taking taking) {}
