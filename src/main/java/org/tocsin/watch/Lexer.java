package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of a watch into pieces, left to right, once. */
final class Lexer {
    private static final Map<String, Lexeme.Type> OPERATORS = Map.of(
            "OR", Lexeme.Type.OR,
            "OU", Lexeme.Type.OR,
            "AND", Lexeme.Type.AND,
            "ET", Lexeme.Type.AND,
            "NOT", Lexeme.Type.NOT,
            "SAUF", Lexeme.Type.NOT);
    private static final Set<String> INCLUSIVE =
            Set.of("e", "s", "x", "es", "ne", "nes", "le", "te", "ve", "se", "rice", "trice", "euse");
    private static final Pattern NEAR = Pattern.compile("(O?)NEAR/(\\d{1,9})");
    private static final Pattern COUNT = Pattern.compile(
            "(likes|reposts|replies|followers)\\s*(?:(>=|<)\\s*(\\d{1,15})|:?\\s*(\\d{1,15})\\s*\\.\\.\\s*(\\d{1,15}))(?![\\p{L}\\d])",
            Pattern.CASE_INSENSITIVE);
    private static final String QUOTES = "\"“”„«";
    private static final String ENDS = "()\"“”„«»{}|[]";

    private final String text;
    private final List<Lexeme> found;
    private int at;

    Lexer(String text) {
        this.text = text;
        this.found = new ArrayList<>();
    }

    /** @throws QueryRefusal at the first piece that means nothing */
    List<Lexeme> lexemes() {
        while (skipped()) {
            piece();
        }
        found.add(new Lexeme(Lexeme.Type.END, "", -1, text.length(), text.length()));
        return found;
    }

    private char charAt(int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\ufeff' || c == '\u200b';
    }

    /** Goes over blanks and comments; says whether something follows. */
    private boolean skipped() {
        while (at < text.length()) {
            if (isBlank(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw refusal(at, at + 2, "watch.comment.open");
                }
                at = end + 2;
            } else {
                return true;
            }
        }
        return false;
    }

    private QueryRefusal refusal(int start, int end, String code, Object... pairs) {
        return new QueryRefusal(text, start, end, code, pairs);
    }

    private void add(Lexeme.Type type, String value, int number, int end) {
        found.add(new Lexeme(type, value, number, at, end));
        at = end;
    }

    private void piece() {
        char c = text.charAt(at);
        switch (c) {
            case '(' -> add(Lexeme.Type.OPEN, "(", -1, at + 1);
            case ')' -> add(Lexeme.Type.CLOSE, ")", -1, at + 1);
            case ',' -> add(Lexeme.Type.COMMA, ",", -1, at + 1);
            case '|' -> add(Lexeme.Type.OR, "|", -1, charAt(at + 1) == '|' ? at + 2 : at + 1);
            case '=' -> add(Lexeme.Type.EXACT, "=", -1, at + 1);
            case '{' -> list();
            case '[', ']' -> throw refusal(at, at + 1, "watch.range");
            case '}' -> throw refusal(at, at + 1, "watch.brace.stray");
            case '»' -> throw refusal(at, at + 1, "watch.quote.stray");
            case '-', '\u2212' -> hyphen();
            case '#', '\uff03' -> tag();
            case '@', '\uff20' -> handle();
            default -> {
                if (QUOTES.indexOf(c) >= 0) {
                    phrase();
                } else {
                    word();
                }
            }
        }
    }

    private void hyphen() {
        char before = charAt(at - 1);
        boolean begins = isBlank(before) || before == '(' || before == ',' || before == '|';
        if (!begins) {
            word();
            return;
        }
        if (isBlank(charAt(at + 1))) {
            throw refusal(at, at + 1, "watch.hyphen.alone");
        }
        add(Lexeme.Type.NOT, "-", -1, at + 1);
    }

    private void list() {
        int end = text.indexOf('}', at);
        if (end < 0) {
            throw refusal(at, at + 1, "watch.list.open");
        }
        String name = text.substring(at + 1, end).strip();
        if (!name.matches("[\\p{L}\\d][\\p{L}\\d_-]{0,39}")) {
            throw refusal(at, end + 1, "watch.list.name");
        }
        add(Lexeme.Type.LIST, name, -1, end + 1);
    }

    private void tag() {
        int end = at + 1;
        while (end < text.length() && (isPlain(text.codePointAt(end)) || charAt(end) == '_')) {
            end += Character.charCount(text.codePointAt(end));
        }
        if (end == at + 1) {
            throw refusal(at, at + 1, "watch.tag.empty");
        }
        String tag = text.substring(at + 1, end);
        boolean beginning = charAt(end) == '*';
        add(Lexeme.Type.TAG, beginning ? tag + "*" : tag, -1, beginning ? end + 1 : end);
    }

    private static boolean isPlain(int point) {
        int type = Character.getType(point);
        return Character.isLetterOrDigit(point)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private void handle() {
        int end = at + 1;
        while (isHandle(charAt(end)) || (charAt(end) == ':' && text.startsWith("did:", at + 1))) {
            end++;
        }
        while (end > at + 1 && ".-@".indexOf(charAt(end - 1)) >= 0) {
            end--;
        }
        if (end == at + 1) {
            throw refusal(at, at + 1, "watch.handle.empty");
        }
        add(Lexeme.Type.HANDLE, text.substring(at + 1, end), -1, end);
    }

    private static boolean isHandle(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_.-@".indexOf(c) >= 0;
    }

    private void phrase() {
        String closing = switch (text.charAt(at)) {
            case '«' -> "»";
            case '“', '„' -> "”“\"";
            default -> "\"”";
        };
        int end = at + 1;
        while (end < text.length() && closing.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end == text.length()) {
            throw refusal(at, at + 1, "watch.quote.open");
        }
        String words = String.join(" ", text.substring(at + 1, end).strip().split("[\\s\\p{Z}]+"));
        end++;
        int slop = -1;
        if (charAt(end) == '~') {
            int digits = end + 1;
            while (charAt(digits) >= '0' && charAt(digits) <= '9') {
                digits++;
            }
            if (digits == end + 1) {
                throw refusal(at, digits, "watch.loose.number");
            }
            slop = number(text.substring(end + 1, digits));
            end = digits;
        }
        add(Lexeme.Type.PHRASE, words, slop, end);
    }

    /** A number that the limits will judge; one too long to read is beyond them all. */
    private static int number(String digits) {
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private void word() {
        Matcher count = COUNT.matcher(text).region(at, text.length());
        if (count.lookingAt()) {
            add(Lexeme.Type.COUNT, count.group(), -1, count.end());
            return;
        }
        refuseRegexp();
        int end = at;
        while (end < text.length() && !ends(end)) {
            end++;
        }
        String word = text.substring(at, end);
        int colon = word.indexOf(':');
        if (colon > 0 && isField(word.substring(0, colon))) {
            add(Lexeme.Type.FIELD, word.substring(0, colon).toUpperCase(Locale.ROOT), -1, at + colon + 1);
            return;
        }
        Matcher near = NEAR.matcher(word);
        if (near.matches()) {
            Lexeme.Type type = near.group(1).isEmpty() ? Lexeme.Type.NEAR : Lexeme.Type.ONEAR;
            add(type, word, number(near.group(2)), end);
            return;
        }
        if (word.equals("NEAR") || word.equals("ONEAR") || word.startsWith("NEAR/")) {
            throw refusal(at, end, "watch.near.number");
        }
        add(OPERATORS.getOrDefault(word, Lexeme.Type.WORD), word, -1, end);
    }

    private void refuseRegexp() {
        int end = at;
        while (text.charAt(at) == '/' && !isBlank(charAt(end))) {
            end++;
        }
        if (end > at + 2 && charAt(end - 1) == '/') {
            throw refusal(at, end, "watch.regexp");
        }
    }

    private static boolean isField(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (WatchQuery.Field field : WatchQuery.Field.values()) {
            if (field.name().equals(upper)) {
                return true;
            }
        }
        return false;
    }

    private boolean ends(int index) {
        char c = text.charAt(index);
        if (c == ',') {
            return !(Character.isDigit(charAt(index - 1)) && Character.isDigit(charAt(index + 1)));
        }
        if (c == '(') {
            return !isInclusive(index);
        }
        if (c == ')') {
            return !closesInclusive(index);
        }
        return isBlank(c) || ENDS.indexOf(c) >= 0;
    }

    /** Whether the bracket belongs to a word such as {@code élu(e)s}. */
    private boolean isInclusive(int open) {
        int close = text.indexOf(')', open);
        return index(open) && close > open && close - open < 7 && INCLUSIVE.contains(text.substring(open + 1, close));
    }

    private boolean index(int open) {
        return open - at >= 3 && Character.isLowerCase(charAt(open - 1)) && text.indexOf(':', at) != open - 1;
    }

    private boolean closesInclusive(int close) {
        int open = text.lastIndexOf('(', close);
        return open >= at && isInclusive(open) && text.indexOf(')', open) == close;
    }
}
