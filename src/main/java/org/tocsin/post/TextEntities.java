package org.tocsin.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds links, mentions and hashtags as an author means them. Where networks differ (twitter-text 3.1, Mastodon's account and tag
 * expressions, Bluesky's rich text), what all of them accept was taken, so that what is found here is an entity everywhere.
 */
public final class TextEntities {
    private final String text;
    private final List<TextEntity> found;

    private TextEntities(String text) {
        this.text = text;
        this.found = new ArrayList<>();
    }

    /**
     * @param text any text
     * @return its entities in order; they never overlap
     */
    public static List<TextEntity> find(String text) {
        return new TextEntities(text).scan();
    }

    private List<TextEntity> scan() {
        int at = 0;
        while (at < text.length()) {
            Optional<TextEntity> entity = switch (text.charAt(at)) {
                case 'h', 'H' -> link(at);
                case '@' -> mention(at);
                case '#' -> hashtag(at);
                default -> Optional.empty();
            };
            entity.ifPresent(found::add);
            at = entity.map(TextEntity::end).orElse(at + 1);
        }
        return List.copyOf(found);
    }

    private Optional<TextEntity> link(int start) {
        if (asciiWordBefore(start)) {
            return Optional.empty();
        }
        return LinkScan.end(text, start)
                .map(end -> new TextEntity(TextEntity.Kind.LINK, start, end, text.substring(start, end)));
    }

    private Optional<TextEntity> mention(int start) {
        if (wordBefore(start) || oneOfBefore(start, "@/=#&$+%-*")) {
            return Optional.empty();
        }
        int name = start + 1;
        int dotted = runs(name, true);
        if (dotted > name && dotted < text.length() && text.charAt(dotted) == '@') {
            int domain = LinkScan.host(text, dotted + 1);
            if (domain > 0) {
                return Optional.of(mention(start, domain));
            }
        }
        int handle = text.startsWith("_", name) ? -1 : LinkScan.host(text, name);
        if (handle > 0 && handle <= dotted && topLevel(name, handle)) {
            return Optional.of(mention(start, handle));
        }
        int user = runs(name, false);
        if (user == name || (user < text.length() && (text.charAt(user) == '@' || word(text.codePointAt(user))))) {
            return Optional.empty();
        }
        return Optional.of(mention(start, user));
    }

    private TextEntity mention(int start, int end) {
        return new TextEntity(TextEntity.Kind.MENTION, start, end, text.substring(start + 1, end));
    }

    /** A handle is a domain name, the last label of which is no number: {@code @user.2} is the user and a figure. */
    private boolean topLevel(int name, int end) {
        int label = text.lastIndexOf('.', end - 1) + 1;
        return label > name && end - label >= 2 && Character.isLetter(text.charAt(label));
    }

    /** Letters, digits and underscores of ASCII, in several runs joined by dots and hyphens where that is allowed. */
    private int runs(int from, boolean joined) {
        int end = from;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (asciiWord(c)) {
                end = i + 1;
            } else if (!joined || end == from || (c != '.' && c != '-')) {
                break;
            }
        }
        return end;
    }

    private Optional<TextEntity> hashtag(int start) {
        if (wordBefore(start) || oneOfBefore(start, "#&/=@")) {
            return Optional.empty();
        }
        int end = start + 1;
        boolean letters = false;
        int i = end;
        while (i < text.length()) {
            int codePoint = text.codePointAt(i);
            int after = i + Character.charCount(codePoint);
            if (word(codePoint) || (end > start + 1 && mark(codePoint))) {
                letters |= Character.isLetter(codePoint);
                end = after;
            } else if (end == start + 1 || !joiner(codePoint)) {
                break;
            }
            i = after;
        }
        return letters
                ? Optional.of(new TextEntity(TextEntity.Kind.HASHTAG, start, end, text.substring(start + 1, end)))
                : Optional.empty();
    }

    /** The middle dot of inclusive French and Catalan, its Japanese sister, and the non-joiner of Persian: inside a tag, not at its end. */
    private static boolean joiner(int codePoint) {
        return codePoint == 0xB7 || codePoint == 0x30FB || codePoint == 0x200C;
    }

    /** A word ends right before the index; the marks of its last letter are looked through, the variation selector of an emoji as well. */
    private boolean wordBefore(int at) {
        int i = at;
        while (i > 0) {
            int codePoint = text.codePointBefore(i);
            if (!mark(codePoint)) {
                return word(codePoint);
            }
            i -= Character.charCount(codePoint);
        }
        return false;
    }

    private boolean asciiWordBefore(int at) {
        return at > 0 && (asciiWord(text.charAt(at - 1)) || oneOfBefore(at, "@#$/"));
    }

    private boolean oneOfBefore(int at, String characters) {
        return at > 0 && characters.indexOf(text.charAt(at - 1)) >= 0;
    }

    private static boolean asciiWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    private static boolean word(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || codePoint == '_';
    }

    private static boolean mark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
