package org.tocsin.web.desk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mention as a person sees it, with the alert that it raised.
 *
 * @param alertId of the alert; empty where it is shown as a mention alone
 * @param watch   the name of the watch that rang; empty likewise
 * @param title   in pieces; empty where there is none
 * @param text    likewise
 * @param who     author and source, in words
 * @param when    in words
 * @param url     where it stands; null where that is not known
 * @param host    of that address, shown beside the link
 * @param more    how many further mentions of the same story there are, in words; empty for none
 */
public record HeardRow(
        String alertId,
        String watch,
        List<Piece> title,
        List<Piece> text,
        String who,
        String when,
        @Nullable String url,
        String host,
        String more) {}
