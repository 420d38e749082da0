package org.tocsin.analysis;

import java.util.ArrayList;
import java.util.List;

/** Finds what is not words before words are found. One pass; nothing is looked at more than a bounded number of times. */
final class Entities {
    private static final int LONGEST_CASHTAG = 6;
    private static final String NOT_BEFORE_HANDLE = "@/=#&$+%_";
    private static final String LINK_ENDS = "<>\"«»“”{}|\\^`";
    private static final String NOT_LAST_IN_LINK = ".,;:!?'’…";

    private final String text;
    private final List<Entity> found;

    private Entities(String text) {
        this.text = text;
        this.found = new ArrayList<>();
    }

    /** @return links, tags, handles and cashtags in order; they never overlap */
    static List<Entity> find(String text) {
        Entities entities = new Entities(text);
        int at = 0;
        while (at < text.length()) {
            int end = entities.at(at);
            at = Math.max(at + 1, end);
        }
        return entities.found;
    }

    private int at(int at) {
        return switch (text.charAt(at)) {
            case 'h', 'H' -> scheme(at, "http://", "https://");
            case 'w', 'W' -> scheme(at, "www.", "www.");
            case 'd' -> did(at);
            case '@', '\uff20' -> handle(at);
            case '#', '\uff03' -> tag(at);
            case '$' -> cashtag(at);
            default -> -1;
        };
    }

    private int add(Entity.Kind kind, int start, int end) {
        found.add(new Entity(kind, start, end));
        return end;
    }

    private char charAt(int at) {
        return at >= 0 && at < text.length() ? text.charAt(at) : ' ';
    }

    private boolean startsWith(int at, String prefix) {
        return text.regionMatches(true, at, prefix, 0, prefix.length());
    }

    private int scheme(int start, String one, String other) {
        int prefix = startsWith(start, one) ? one.length() : startsWith(start, other) ? other.length() : -1;
        if (prefix < 0 || isWord(charAt(start - 1)) || !isWord(charAt(start + prefix))) {
            return -1;
        }
        int end = start + prefix;
        int open = 0;
        boolean dotted = false;
        while (end < text.length() && isLink(text.charAt(end))) {
            char c = text.charAt(end);
            if (isUnspaced(end) || (dotted && isSignAfterLatin(end))) {
                break;
            }
            dotted |= c == '.';
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open < 0) {
                break;
            }
            end++;
        }
        while (NOT_LAST_IN_LINK.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return add(Entity.Kind.LINK, start, end);
    }

    /** Whether writing without blanks begins there, right after a letter or figure of the address: what follows is no part of it. */
    private boolean isSignAfterLatin(int at) {
        char before = text.charAt(at - 1);
        if (!isLatin(before) && !(before >= '0' && before <= '9')) {
            return false;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(text.codePointAt(at));
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA;
    }

    /** Punctuation of such writing stands in no address. */
    private boolean isUnspaced(int at) {
        char c = text.charAt(at);
        return (c >= '\u3001' && c <= '\u3003') || (c >= '\u3008' && c <= '\u301f') || (c >= '\uff01' && c <= '\uff0f');
    }

    private static boolean isLink(char c) {
        return !Character.isWhitespace(c) && !Character.isSpaceChar(c) && LINK_ENDS.indexOf(c) < 0;
    }

    /** A decentralised identifier, as Bluesky names accounts. */
    private int did(int start) {
        if (!text.startsWith("did:", start) || isWord(charAt(start - 1))) {
            return -1;
        }
        int end = start + 4;
        while (isName(charAt(end)) || charAt(end) == ':' || charAt(end) == '.') {
            end++;
        }
        while (charAt(end - 1) == ':' || charAt(end - 1) == '.') {
            end--;
        }
        boolean named = end > start + 4 && text.substring(start + 4, end).contains(":");
        return named ? add(Entity.Kind.HANDLE, start, end) : -1;
    }

    private int handle(int start) {
        char before = charAt(start - 1);
        // A dot before is how one answers in public (twitter-text allows it, and a hyphen); jean-@ville.fr is an
        // address of mail.
        boolean mail = before == '-' && isWord(charAt(start - 2));
        if (isWord(before) || mail || NOT_BEFORE_HANDLE.indexOf(before) >= 0) {
            return -1;
        }
        int end = name(start + 1);
        if (end == start + 1) {
            return -1;
        }
        if (charAt(end) == '@') {
            int domain = name(end + 1);
            if (text.substring(end, domain).contains(".")) {
                end = domain;
            }
        }
        return add(Entity.Kind.HANDLE, start, end);
    }

    /** Letters, digits, and dots and hyphens between them. */
    private int name(int start) {
        int end = start;
        while (isName(charAt(end)) || ((charAt(end) == '.' || charAt(end) == '-') && isName(charAt(end + 1)))) {
            end++;
        }
        return end;
    }

    private int tag(int start) {
        char before = charAt(start - 1);
        if (isWord(before) || before == '&' || before == '/' || before == '#') {
            return -1;
        }
        int end = start + 1;
        boolean letters = false;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            if (!(Character.isLetterOrDigit(point) || point == '_' || isMark(point))) {
                break;
            }
            letters |= Character.isLetter(point);
            end += Character.charCount(point);
        }
        return letters ? add(Entity.Kind.TAG, start, end) : -1;
    }

    private int cashtag(int start) {
        int end = start + 1;
        while (isLatin(charAt(end))) {
            end++;
        }
        int size = end - start - 1;
        boolean alone = !isWord(charAt(start - 1)) && !isWord(charAt(end));
        return size > 0 && size <= LONGEST_CASHTAG && alone ? add(Entity.Kind.CASHTAG, start, end) : -1;
    }

    private static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isName(char c) {
        return isLatin(c) || (c >= '0' && c <= '9') || c == '_';
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
