package org.tocsin.publishing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.post.MediaRef;
import org.tocsin.post.PostVariant;

/**
 * What an author asks for.
 *
 * @param text        the text for all channels
 * @param language    BCP 47; null for the organisation's
 * @param channels    ids; {@code ["*"]} for all; null for the campaign's or the default set
 * @param at          local date and time, ISO 8601 to the minute or second; {@value #NEXT} for the next free slot; null for now
 * @param zone        of that time; null for the organisation's
 * @param undoSeconds how long it may still be taken back before anything leaves; null for the setting
 * @param allowThread whether a text over a limit may be split
 * @param numbering   whether the parts are numbered
 * @param variants    by channel id or network
 * @param media       images in order
 * @param replyTo     public address of a remote post, or the id of something that was heard; null for none
 * @param campaign    the campaign's id; null for none
 * @param contentWarning for the channels that have a field for it, where their variant has none; null for none
 * @param visibility  in a network's words, likewise; null for the network's default
 */
public record PostRequest(
        String text,
        @Nullable String language,
        @Nullable List<String> channels,
        @Nullable String at,
        @Nullable String zone,
        @Nullable Integer undoSeconds,
        boolean allowThread,
        boolean numbering,
        Map<String, PostVariant> variants,
        List<MediaRef> media,
        @Nullable String replyTo,
        @Nullable String campaign,
        @Nullable String contentWarning,
        @Nullable String visibility) {
    /** For {@code at}: the next free slot of the channels. */
    public static final String NEXT = "next";

    /** @return the same at another time */
    public PostRequest at(@Nullable String other) {
        return new PostRequest(
                text,
                language,
                channels,
                other,
                zone,
                undoSeconds,
                allowThread,
                numbering,
                variants,
                media,
                replyTo,
                campaign,
                contentWarning,
                visibility);
    }

    /** @return the same, answering what is at that address */
    PostRequest answering(String url) {
        return new PostRequest(
                text,
                language,
                channels,
                at,
                zone,
                undoSeconds,
                allowThread,
                numbering,
                variants,
                media,
                url,
                campaign,
                contentWarning,
                visibility);
    }

    /** @return the same with these variants */
    PostRequest varied(Map<String, PostVariant> other) {
        return with(other, contentWarning, visibility);
    }

    /** @return the same, what was said of the whole post being in its variants */
    PostRequest with(Map<String, PostVariant> spread) {
        return with(spread, null, null);
    }

    private PostRequest with(Map<String, PostVariant> spread, @Nullable String warning, @Nullable String seen) {
        return new PostRequest(
                text,
                language,
                channels,
                at,
                zone,
                undoSeconds,
                allowThread,
                numbering,
                Map.copyOf(spread),
                media,
                replyTo,
                campaign,
                warning,
                seen);
    }
}
