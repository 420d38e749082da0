package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tocsin.post.MediaRef;
import org.tocsin.publishing.PostRequest;

/** What was typed into the form of a post, so that it is there again when something is wrong. */
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
        String key) {
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
                pictures(form),
                form.get("key"));
    }

    /** Each image has three fields, in the order of the page. */
    private static List<Picture> pictures(Form form) {
        List<String> ids = form.all("media");
        List<String> labels = form.all("label");
        List<String> alts = form.all("alt");
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < Math.min(ids.size(), Math.min(labels.size(), alts.size())); i++) {
            pictures.add(new Picture(ids.get(i), labels.get(i), alts.get(i).replace("\r\n", "\n")));
        }
        return pictures;
    }

    /** @return whether a day and a time were given */
    boolean timed() {
        return !date.isBlank() && !time.isBlank();
    }

    /** @return the local time as ISO 8601 */
    String at() {
        return date + "T" + time;
    }

    /**
     * @param to       the channels
     * @param later    whether it waits for its time
     * @param whole    whether what only some networks have a field for is asked as well
     */
    PostRequest request(List<String> to, boolean later, boolean whole) {
        return new PostRequest(
                text,
                blank(language),
                to,
                later ? at() : null,
                later ? blank(zone) : null,
                null,
                thread,
                thread,
                Map.of(),
                media.stream()
                        .map(one -> new MediaRef(one.id(), one.alt().strip()))
                        .toList(),
                null,
                blank(campaign),
                whole ? blank(warning) : null,
                whole ? blank(visibility) : null);
    }

    private static @Nullable String blank(String value) {
        return value.isBlank() ? null : value.strip();
    }
}
