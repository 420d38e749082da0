package org.tocsin.alert.way;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Puts a stranger's text where it lands as text. */
final class Escapes {
    /** Overrides and isolates of direction (UAX #9) would let a text write over what stands beside it; so would controls. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069\\u200E\\u200F\\u061C\\p{Cc}&&[^\\n\\t]]");

    private static final Pattern DISCORD = Pattern.compile("([\\\\*_~`|>#\\[\\]()<:@-])");
    /** Around a text from right to left, so that it does not turn what stands beside it (UAX #9, 2.4). */
    private static final int FIRST_STRONG_ISOLATE = 0x2068;

    private static final int POP_ISOLATE = 0x2069;

    private Escapes() {}

    /** One line without controls and without signs of direction, kept apart from what stands beside it. */
    static String line(String text) {
        String clean = clean(text).replaceAll("\\s+", " ").strip();
        return rightToLeft(clean) ? isolated(clean) : clean;
    }

    static String clean(String text) {
        return INVISIBLE.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll(" ");
    }

    private static boolean rightToLeft(String text) {
        return text.codePoints()
                .map(Character::getDirectionality)
                .anyMatch(one -> one == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                        || one == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    }

    private static String isolated(String text) {
        return Character.toString(FIRST_STRONG_ISOLATE) + text + Character.toString(POP_ISOLATE);
    }

    /** For mrkdwn of Slack: the three signs that its documentation names. Without {@code <} there is neither link nor call. */
    static String slack(String text) {
        return line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String discord(String text) {
        return DISCORD.matcher(line(text)).replaceAll("\\\\$1");
    }

    /** For an element or an attribute in quotes. */
    static String html(String text) {
        return line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** @return an address of the web that can stand in any of the forms as it is; null where it is another thing */
    static @Nullable String url(@Nullable String url) {
        if (url == null || url.length() > 2000) {
            return null;
        }
        try {
            URI uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getHost() != null && uri.getUserInfo() == null;
            String ascii = uri.toASCIIString();
            return web && plain && ascii.matches("[!-~&&[^<>\"'`|\\\\]]+") ? ascii : null;
        } catch (URISyntaxException _) {
            return null;
        }
    }

    /** @return at most so many characters, never half of one */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
