package org.tocsin.publishing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;
import org.tocsin.base.UserId;

/**
 * A message that somebody is writing, kept for the whole team until it is sent or thrown away.
 *
 * @param form      the form by which it was saved last: what one form saves is in order, and no conflict with itself
 * @param changedBy who saved it last
 * @param changedAt when
 * @param version   grows with every change, from 1
 */
public record KeptDraft(
        String id,
        BranchId branch,
        Content content,
        String form,
        UserId changedBy,
        Instant createdAt,
        Instant changedAt,
        long version) {
    /**
     * What is in the form, as it was typed: nothing of it is checked before it is sent. Empty strings for what was left out.
     *
     * @param date     local, ISO 8601, may be half typed
     * @param time     likewise
     * @param thread   whether it may be split
     * @param images   in order
     * @param variants texts of their own, by channel id
     * @param own      warnings and visibilities of their own, by {@code warning.} or {@code visibility.} and the channel id
     * @param reply    what was heard that it answers, by its id; empty for nothing
     * @param corrects the post that it is an erratum of, by its id; empty for none
     * @param again    the post that it is written anew from, by its id; empty for none
     */
    public record Content(
            String text,
            String language,
            List<String> channels,
            String date,
            String time,
            String zone,
            String campaign,
            String warning,
            String visibility,
            boolean thread,
            List<Image> images,
            Map<String, String> variants,
            @Nullable Map<String, String> own,
            @Nullable String reply,
            @Nullable String corrects,
            @Nullable String again) {
        /** What was kept before drafts knew of the last four has none of them. */
        public Content {
            channels = List.copyOf(channels);
            images = List.copyOf(images);
            variants = Map.copyOf(variants);
            own = own == null ? Map.of() : Map.copyOf(own);
            reply = reply == null ? "" : reply;
            corrects = corrects == null ? "" : corrects;
            again = again == null ? "" : again;
        }

        @Override
        public Map<String, String> own() {
            return Objects.requireNonNull(own);
        }

        @Override
        public String reply() {
            return Objects.requireNonNull(reply);
        }

        @Override
        public String corrects() {
            return Objects.requireNonNull(corrects);
        }

        @Override
        public String again() {
            return Objects.requireNonNull(again);
        }
    }

    /**
     * An image that was taken in already.
     *
     * @param label its file's name, for people
     * @param alt   what it shows, may be empty still
     */
    public record Image(String mediaId, String label, String alt) {}

    /** @return the same with what another form says now */
    KeptDraft with(Content other, String by, UserId who, Instant now) {
        return new KeptDraft(id, branch, other, by, who, createdAt, now, version + 1);
    }

    /** @return what it says, under another id */
    KeptDraft copy(String other) {
        return new KeptDraft(other, branch, content, form, changedBy, createdAt, changedAt, 1);
    }
}
