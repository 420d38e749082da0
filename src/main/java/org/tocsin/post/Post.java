package org.tocsin.post;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.UserId;

/**
 * What an author wrote once.
 *
 * @param id          stable
 * @param branch      the owner
 * @param author      who submitted it
 * @param text        as typed, control characters removed
 * @param language    BCP 47
 * @param variants    by channel id or network
 * @param media       images in order
 * @param replyTo     the public address of a remote post that it answers, null for none
 * @param campaign    the campaign's id, null for none
 * @param allowThread whether a text over a limit may be split
 * @param numbering   whether the parts of a thread are numbered
 * @param localTime   when it shall go out, in the zone's local time, as ISO 8601; null for now
 * @param zone        of that time, null for now
 * @param createdAt   when it was accepted
 * @param version     grows with every change
 * @param deletedAt   when a person took it back, null while it stands
 * @param corrects    the post that it is an erratum of, null for none
 * @param contentWarning for the channels that have a field for it, where their variant has none; null for none
 * @param visibility  in a network's words, likewise; null for the network's default
 */
public record Post(
        String id,
        BranchId branch,
        UserId author,
        String text,
        String language,
        Map<String, PostVariant> variants,
        List<MediaRef> media,
        @Nullable String replyTo,
        @Nullable String campaign,
        boolean allowThread,
        boolean numbering,
        @Nullable String localTime,
        @Nullable String zone,
        Instant createdAt,
        long version,
        @Nullable Instant deletedAt,
        @Nullable String corrects,
        @Nullable String contentWarning,
        @Nullable String visibility) {
    public Post {
        variants = Map.copyOf(variants);
        media = List.copyOf(media);
    }
}
