package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
                form.get("key"));
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
                List.of(),
                null,
                blank(campaign),
                whole ? blank(warning) : null,
                whole ? blank(visibility) : null);
    }

    private static @Nullable String blank(String value) {
        return value.isBlank() ? null : value.strip();
    }
}
