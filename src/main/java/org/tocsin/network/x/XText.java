package org.tocsin.network.x;

import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.TwitterTextParser;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What X makes of a text: how it counts (twitter-text, configuration v3), and how it comes back from the timeline. */
final class XText {
    static final int MAX = 280;
    static final String UNIT = "weight";

    /** Characters after the host that are shown. */
    private static final int SHOWN_PATH = 15;

    private static final Pattern PREFIX = Pattern.compile("^(https?://)?(www\\.)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PATH = Pattern.compile("[/?#]");
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

    /**
     * What X gives as {@code display_url} of a link: the host without {@code www.}, and at most fifteen characters of what follows it (as its
     * documentation of entities shows). Every link is counted as t.co has it, 23, whatever is shown.
     */
    static String shown(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (Extractor.Entity link : new Extractor().extractURLsWithIndices(text)) {
            out.append(text, at, link.getStart()).append(shortened(text.substring(link.getStart(), link.getEnd())));
            at = link.getEnd();
        }
        return out.append(text, at, text.length()).toString();
    }

    private static String shortened(String url) {
        String plain = PREFIX.matcher(url).replaceFirst("");
        Matcher path = PATH.matcher(plain);
        if (!path.find()) {
            return plain.toLowerCase(Locale.ROOT);
        }
        String host = plain.substring(0, path.start()).toLowerCase(Locale.ROOT);
        String rest = plain.substring(path.start());
        if (rest.equals("/")) {
            return host;
        }
        return rest.codePointCount(0, rest.length()) <= SHOWN_PATH
                ? host + rest
                : host + rest.substring(0, rest.offsetByCodePoints(0, SHOWN_PATH)) + "…";
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
