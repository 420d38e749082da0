package org.tocsin.post;

import java.util.Locale;
import java.util.Optional;

/** Where a URL ends that is written into a sentence. */
final class LinkScan {
    /** No URL goes over these, whatever follows. */
    private static final String STOPS = "<>\"`\\«»‹›“”„";
    /** Belong to the sentence when nothing of the URL follows them. */
    private static final String TRAILING = ".,;:!?…’‘'*";

    private static final String OPENING = "([{";
    private static final String CLOSING = ")]}";
    private static final int LONGEST_HOST = 253;

    private LinkScan() {}

    /**
     * @param text  any text
     * @param start where a scheme may begin
     * @return the index after the URL that begins there
     */
    static Optional<Integer> end(String text, int start) {
        int host = scheme(text, start);
        int end = host < 0 ? -1 : host(text, host);
        if (end < 0 && host > 0 && text.regionMatches(true, host, "localhost", 0, 9)) {
            end = host + 9;
        }
        if (end < 0) {
            return Optional.empty();
        }
        end = port(text, end);
        if (end < text.length()) {
            char next = text.charAt(end);
            if (next == '@') {
                // A name and a password before another host: what is shown would not be where it leads.
                return Optional.empty();
            }
            if (next == '/' || next == '?' || next == '#') {
                end = trim(text, start, tail(text, end));
            }
        }
        return Optional.of(end);
    }

    private static int scheme(String text, int start) {
        for (String scheme : new String[] {"http://", "https://"}) {
            if (text.regionMatches(true, start, scheme, 0, scheme.length())) {
                return start + scheme.length();
            }
        }
        return -1;
    }

    /** @return the index after a host name of at least two labels (internationalised ones as they are read), or -1 */
    static int host(String text, int start) {
        int labels = 0;
        int end = start;
        int from = start;
        while (from <= text.length()) {
            int after = label(text, from);
            if (after == from) {
                break;
            }
            labels++;
            end = after;
            if (after == text.length() || text.charAt(after) != '.') {
                break;
            }
            from = after + 1;
        }
        return labels > 1 && end - start <= LONGEST_HOST ? end : -1;
    }

    private static int label(String text, int from) {
        int end = from;
        int i = from;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            if (label(codePoint)) {
                end = i;
            } else if (codePoint != '-' || end == from) {
                break;
            }
        }
        return end;
    }

    private static boolean label(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || codePoint == '_'
                || (Character.getType(codePoint) == Character.NON_SPACING_MARK
                        && (codePoint < 0xFE00 || codePoint > 0xFE0F));
    }

    private static int port(String text, int end) {
        int i = end + 1;
        while (end < text.length() && text.charAt(end) == ':' && i < text.length() && i < end + 6) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                break;
            }
            i++;
        }
        return i > end + 1 ? i : end;
    }

    private static int tail(String text, int from) {
        int i = from;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            if (stops(codePoint)) {
                break;
            }
            i += Character.charCount(codePoint);
        }
        return i;
    }

    private static boolean stops(int codePoint) {
        return Spaces.space(codePoint)
                || Character.isISOControl(codePoint)
                || STOPS.indexOf(codePoint) >= 0
                // Chinese and Japanese punctuation, full-width forms: such text has no space after a URL.
                || (codePoint >= 0x3000 && codePoint <= 0x303F)
                || (codePoint >= 0xFF00 && codePoint <= 0xFF0F)
                || (Character.getType(codePoint) == Character.FORMAT && codePoint != 0x200C && codePoint != 0x200D);
    }

    private static int trim(String text, int start, int end) {
        int[] open = new int[OPENING.length()];
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (OPENING.indexOf(c) >= 0) {
                open[OPENING.indexOf(c)]++;
            } else if (CLOSING.indexOf(c) >= 0) {
                open[CLOSING.indexOf(c)]--;
            }
        }
        int last = end;
        while (last > start) {
            char c = text.charAt(last - 1);
            int closing = CLOSING.indexOf(c);
            if (closing >= 0 && open[closing] < 0) {
                open[closing]++;
            } else if (OPENING.indexOf(c) >= 0) {
                open[OPENING.indexOf(c)]--;
            } else if (TRAILING.indexOf(c) < 0) {
                break;
            }
            last--;
        }
        return last;
    }

    /** @return the host of a URL that was found here, in lower case */
    static String hostOf(String url) {
        int start = scheme(url, 0);
        int end = start;
        while (end < url.length() && ":/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return url.substring(start, end).toLowerCase(Locale.ROOT);
    }
}
