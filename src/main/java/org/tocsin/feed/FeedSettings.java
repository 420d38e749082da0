package org.tocsin.feed;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.BranchId;

/**
 * What the feeds say of themselves, and their addresses.
 *
 * @param publicUrl    the address that people use, http or https; a path in it is kept
 * @param organisation title of the feeds and author of their items
 * @param language     of the feeds as a whole, BCP 47
 * @param zone         in which the page of an item tells its time
 * @param branch       whose items are shown
 * @param hub          WebSub hub, null for none
 */
public record FeedSettings(
        URI publicUrl,
        String organisation,
        String language,
        ZoneId zone,
        BranchId branch,
        @Nullable URI hub) {
    /** @return the home page */
    String home() {
        return base() + "/";
    }

    /**
     * @param tag folded, null for all posts
     * @return the address of a feed, the same that a hub is told
     */
    String feed(FeedFormat format, @Nullable String tag) {
        String name = tag == null
                ? "posts"
                : "tags/" + URLEncoder.encode(tag, StandardCharsets.UTF_8).replace("+", "%20");
        return base() + "/feeds/" + name + "." + format.extension();
    }

    /** @return the permanent address of an item */
    String item(String id) {
        return base() + "/p/" + id;
    }

    String media(FeedImage image) {
        return base() + "/media/" + image.sha256() + "." + image.extension();
    }

    private String base() {
        return publicUrl.toString().replaceAll("/+$", "");
    }
}
