package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tocsin.post.MediaRef;
import org.tocsin.post.Post;
import org.tocsin.post.PostVariant;
import org.tocsin.publishing.Drafts;
import org.tocsin.publishing.KeptDraft;
import org.tocsin.publishing.PostRequest;

/**
 * What was typed into the form of a post, so that it is there again when something is wrong.
 *
 * @param variants texts of their own by channel id, for chosen channels and for those that are not; none is blank
 * @param own      warnings and visibilities of their own by {@code warning.} or {@code visibility.} and the channel id; the form has no field
 *     for them, and loses none that a message had
 * @param reply    what was heard that it answers, by its id; empty for nothing
 * @param corrects the post that it is an erratum of, by its id; empty for none
 * @param again    the post that it is written anew from, by its id; empty for none
 * @param key      of the form, so that it is sent once
 * @param id       under which it is kept while it is written, made with the form
 * @param version  of what is kept; 0 where nothing is
 */
public record Draft(
        String text,
        List<String> channels,
        String date,
        String time,
        String zone,
        String language,
        String campaign,
        String warning,
        String visibility,
        boolean thread,
        List<Picture> media,
        Map<String, String> variants,
        Map<String, String> own,
        String reply,
        String corrects,
        String again,
        String key,
        String id,
        long version) {
    private static final String ID = "[0-9a-f-]{36}";
    private static final String VARIANT = "variant.";
    private static final String OWN = "own.";
    private static final String WARNING = "warning.";
    private static final String VISIBILITY = "visibility.";

    static Draft of(Form form) {
        return new Draft(
                form.get("text"),
                form.all("channel"),
                form.get("date"),
                form.get("time"),
                form.get("zone"),
                form.get("language"),
                form.get("campaign"),
                form.get("warning"),
                form.get("visibility"),
                form.on("thread"),
                Picture.typed(form),
                fields(form, VARIANT),
                fields(form, OWN),
                form.get("reply"),
                form.get("corrects").matches(ID) ? form.get("corrects") : "",
                form.get("again").matches(ID) ? form.get("again") : "",
                form.get("key"),
                form.get("draft").matches(ID) ? form.get("draft") : Sending.freshKey(),
                form.get("version").isEmpty() ? 0 : form.version());
    }

    /**
     * What a post was written from: to write it again.
     *
     * @param said  what each channel says of its own, be it by its id or as one of its network
     * @param reply what was heard that it answered; empty for nothing
     */
    static Draft again(
            Post post,
            List<String> channels,
            Map<String, PostVariant> said,
            List<Picture> media,
            String zone,
            String reply) {
        Map<String, String> texts = new TreeMap<>();
        Map<String, String> own = new TreeMap<>();
        said.forEach((channel, variant) -> {
            put(texts, channel, variant.text());
            put(own, WARNING + channel, variant.contentWarning());
            put(own, VISIBILITY + channel, variant.visibility());
        });
        return new Draft(
                post.text(),
                channels,
                "",
                "",
                zone,
                post.language(),
                post.campaign() == null ? "" : post.campaign(),
                post.contentWarning() == null ? "" : post.contentWarning(),
                post.visibility() == null ? "" : post.visibility(),
                post.allowThread(),
                media,
                texts,
                own,
                reply,
                post.corrects() == null ? "" : post.corrects(),
                post.id(),
                Sending.freshKey(),
                Sending.freshKey(),
                0);
    }

    private static void put(Map<String, String> into, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            into.put(key, value);
        }
    }

    /** A draft that is opened in a form of its own. */
    static Draft of(KeptDraft kept) {
        KeptDraft.Content content = kept.content();
        return new Draft(
                content.text(),
                content.channels(),
                content.date(),
                content.time(),
                content.zone(),
                content.language(),
                content.campaign(),
                content.warning(),
                content.visibility(),
                content.thread(),
                content.images().stream()
                        .map(one -> new Picture(one.mediaId(), one.label(), one.alt()))
                        .toList(),
                content.variants(),
                content.own(),
                content.reply(),
                content.corrects(),
                content.again(),
                Sending.freshKey(),
                kept.id(),
                kept.version());
    }

    /** @return what is kept of it */
    Drafts.Asked kept() {
        return new Drafts.Asked(
                id,
                version,
                key,
                new KeptDraft.Content(
                        text,
                        language,
                        channels,
                        date,
                        time,
                        zone,
                        campaign,
                        warning,
                        visibility,
                        thread,
                        media.stream()
                                .map(one -> new KeptDraft.Image(one.id(), one.label(), one.alt()))
                                .toList(),
                        variants,
                        own,
                        reply,
                        corrects,
                        again));
    }

    /** @return the same as it is kept now */
    Draft as(KeptDraft kept) {
        return as(kept.id(), kept.version());
    }

    /** @return the same, which nothing is kept of, in a form of its own: it can be sent */
    Draft anew() {
        return with(date, time, zone, Sending.freshKey(), Sending.freshKey(), 0);
    }

    /** @return the same at that day and time of that zone */
    Draft at(String day, String hour, String where) {
        return with(day, hour, where, key, id, version);
    }

    private Draft as(String otherId, long otherVersion) {
        return with(date, time, zone, key, otherId, otherVersion);
    }

    private Draft with(String day, String hour, String where, String otherKey, String otherId, long otherVersion) {
        return new Draft(
                text,
                channels,
                day,
                hour,
                where,
                language,
                campaign,
                warning,
                visibility,
                thread,
                media,
                variants,
                own,
                reply,
                corrects,
                again,
                otherKey,
                otherId,
                otherVersion);
    }

    /** @return all that is sent of it, and when: two that are the same say the same */
    String said() {
        return List.of(
                        text,
                        channels,
                        date,
                        time,
                        zone,
                        language,
                        campaign,
                        warning,
                        visibility,
                        thread,
                        media,
                        new TreeMap<>(variants),
                        new TreeMap<>(own),
                        reply)
                + corrects;
    }

    /** @return whether there is nothing to keep */
    boolean blank() {
        return text.isBlank() && media.isEmpty() && variants.isEmpty();
    }

    private static Map<String, String> fields(Form form, String prefix) {
        Map<String, String> found = new TreeMap<>();
        for (String name : form.names()) {
            if (name.startsWith(prefix) && !form.get(name).isBlank()) {
                found.put(name.substring(prefix.length()), form.get(name));
            }
        }
        return found;
    }

    /** @return whether it is an answer that stands below what was heard */
    public boolean below() {
        return !reply.isEmpty() && !Replies.about(reply);
    }

    /** @return whether a day and a time were given */
    boolean timed() {
        return !date.isBlank() && !time.isBlank();
    }

    /** @return whether a day or a time was given */
    boolean dated() {
        return !date.isBlank() || !time.isBlank();
    }

    /** @return the local time as ISO 8601 */
    String at() {
        return date + "T" + time;
    }

    /**
     * @param to       the channels
     * @param later    whether it waits for its time
     * @param whole    whether what only some networks have a field for is asked as well
     * @param undo     seconds in which it may be taken back, where it does not wait
     */
    PostRequest request(List<String> to, boolean later, boolean whole, int undo) {
        return new PostRequest(
                text,
                blank(language),
                to,
                later ? at() : null,
                later ? blank(zone) : null,
                undo,
                thread,
                thread,
                varied(to),
                media.stream()
                        .map(one -> new MediaRef(one.id(), one.alt().strip()))
                        .toList(),
                Replies.about(reply) ? null : blank(reply),
                blank(campaign),
                whole ? blank(warning) : null,
                whole ? blank(visibility) : null);
    }

    private Map<String, PostVariant> varied(List<String> to) {
        Map<String, PostVariant> varied = new TreeMap<>();
        for (String channel : to) {
            String text = variants.get(channel);
            String ownWarning = own.get(WARNING + channel);
            String ownVisibility = own.get(VISIBILITY + channel);
            if (text != null || ownWarning != null || ownVisibility != null) {
                varied.put(channel, new PostVariant(text, ownWarning, ownVisibility));
            }
        }
        return varied;
    }

    private static @Nullable String blank(String value) {
        return value.isBlank() ? null : value.strip();
    }
}
