package org.tocsin.watch;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the signs of single words, phrases, tags and counts. */
final class Terms {
    private static final Pattern COUNT =
            Pattern.compile("([a-z]+)\\s*(?:(>=|<)\\s*(\\d+)|:?\\s*(\\d+)\\s*\\.\\.\\s*(\\d+))");

    private Terms() {}

    private static QueryRefusal refusal(String query, Lexeme at, String code, Object... pairs) {
        return new QueryRefusal(query, at.start(), at.end(), code, pairs);
    }

    static WatchQuery word(String query, Lexeme lexeme) {
        String word = lexeme.text();
        if (word.matches("(?i)https?://.+")) {
            // A phrase, since a question mark in an address is no wildcard.
            return new WatchQuery.Scoped(
                    WatchQuery.Field.URL, new WatchQuery.Phrase(word.replaceFirst("(?i)^https?://", ""), 0, false));
        }
        if (word.matches(".*[~^]\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
            throw refusal(query, lexeme, "watch.fuzzy");
        }
        if (word.length() > 1 && word.endsWith("~")) {
            String stem = word.substring(0, word.length() - 1);
            return new WatchQuery.Word(literal(query, lexeme, stem), WatchQuery.How.STEM);
        }
        int star = word.indexOf('*');
        if (star < 0 && word.indexOf('?') < 0) {
            return new WatchQuery.Word(word, WatchQuery.How.PLAIN);
        }
        return wildcard(query, lexeme, word, star);
    }

    private static WatchQuery wildcard(String query, Lexeme lexeme, String word, int star) {
        if (word.startsWith("*") || word.startsWith("?")) {
            throw refusal(query, lexeme, "watch.wildcard.first");
        }
        if (star >= 0 && star < word.length() - 1) {
            throw refusal(query, lexeme, "watch.wildcard.inside");
        }
        long wildcards = word.chars().filter(c -> c == '*' || c == '?').count();
        if (wildcards > QueryLimits.WILDCARDS) {
            throw refusal(query, lexeme, "watch.wildcard.many", "limit", QueryLimits.WILDCARDS);
        }
        if (word.codePoints().filter(Character::isLetterOrDigit).count() < QueryLimits.LITERALS) {
            throw refusal(query, lexeme, "watch.wildcard.short", "limit", QueryLimits.LITERALS);
        }
        if (word.indexOf('?') < 0) {
            return new WatchQuery.Word(word.substring(0, word.length() - 1), WatchQuery.How.BEGINNING);
        }
        if (!word.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '?' || c == '*')) {
            throw refusal(query, lexeme, "watch.wildcard.compound");
        }
        return new WatchQuery.Word(word, WatchQuery.How.PATTERN);
    }

    static WatchQuery exact(String query, Lexeme lexeme) {
        return new WatchQuery.Word(literal(query, lexeme, lexeme.text()), WatchQuery.How.EXACT);
    }

    private static String literal(String query, Lexeme lexeme, String word) {
        if (word.indexOf('*') >= 0 || word.indexOf('?') >= 0 || word.indexOf('~') >= 0) {
            throw refusal(query, lexeme, "watch.wildcard.mixed");
        }
        return word;
    }

    static WatchQuery phrase(String query, Lexeme lexeme, boolean exact) {
        if (lexeme.number() > QueryLimits.DISTANCE) {
            throw refusal(query, lexeme, "watch.loose.far", "limit", QueryLimits.DISTANCE);
        }
        if (exact && lexeme.number() > 0) {
            throw refusal(query, lexeme, "watch.loose.exact");
        }
        return new WatchQuery.Phrase(lexeme.text(), Math.max(0, lexeme.number()), exact);
    }

    static WatchQuery tag(Lexeme lexeme) {
        String tag = lexeme.text();
        boolean beginning = tag.endsWith("*");
        return new WatchQuery.Tag(beginning ? tag.substring(0, tag.length() - 1) : tag, beginning);
    }

    static WatchQuery count(String query, Lexeme lexeme) {
        Matcher count = COUNT.matcher(lexeme.text().toLowerCase(Locale.ROOT));
        if (!count.matches()) {
            throw refusal(query, lexeme, "watch.count");
        }
        WatchQuery.Metric metric = WatchQuery.Metric.valueOf(count.group(1).toUpperCase(Locale.ROOT));
        if (count.group(2) == null) {
            long from = Long.parseLong(count.group(4));
            long to = Long.parseLong(count.group(5));
            if (from > to) {
                throw refusal(query, lexeme, "watch.count");
            }
            return new WatchQuery.Count(metric, from, to);
        }
        long bound = Long.parseLong(count.group(3));
        if (count.group(2).equals(">=")) {
            return new WatchQuery.Count(metric, bound, Long.MAX_VALUE);
        }
        if (bound == 0) {
            throw refusal(query, lexeme, "watch.count");
        }
        return new WatchQuery.Count(metric, 0, bound - 1);
    }
}
