package org.tocsin.network.x;

import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.TwitterTextParser;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What X makes of a text: how it counts (twitter-text, configuration v3), and how it comes back from the timeline. */
final class XText {
    static final int MAX = 280;
    static final String UNIT = "weight";

    private static final Pattern LEADING_MENTIONS = Pattern.compile("^(@[a-z0-9_]{1,15} )+");
    private static final Pattern SCHEME = Pattern.compile("https?://");
    private static final Pattern LAST_SLASH = Pattern.compile("/(?=[\\s,.;:!?)»\"'\\]]|$)");

    private XText() {}

    static int weight(String text) {
        return TwitterTextParser.parseTweet(text).weightedLength;
    }

    /** Also those without a scheme, which X makes links as well. */
    static boolean hasLink(String text) {
        return !new Extractor().extractURLs(text).isEmpty();
    }

    static int cashtags(String text) {
        return new Extractor().extractCashtags(text).size();
    }

    /**
     * @param listed what X lists, its links expanded
     * @param sent   what was sent
     * @param reply  whether it answers a post: then X puts the names of those who are answered before it
     * @return whether they are one text
     */
    static boolean same(String listed, String sent, boolean reply) {
        String there = comparable(listed);
        String here = comparable(sent);
        return there.equals(here) || (reply && unaddressed(there).equals(unaddressed(here)));
    }

    /** X trims, may change white space, and completes links: a scheme, a slash after the host, a host in lower case. */
    private static String comparable(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Zs}]+", " ")
                .strip();
        return LAST_SLASH.matcher(SCHEME.matcher(plain).replaceAll("")).replaceAll("");
    }

    private static String unaddressed(String comparable) {
        return LEADING_MENTIONS.matcher(comparable).replaceFirst("");
    }

    /** X writes these five as entities in what it lists. */
    static String decoded(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
