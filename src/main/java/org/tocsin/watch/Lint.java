package org.tocsin.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Analysis;
import org.tocsin.analysis.QueryWord;

/** Looks a watch over: what can never match, what would match everything, and what its author may not have meant. */
final class Lint {
    private static final Set<String> IS = Set.of("repost", "reply", "quote", "edited");
    private static final Set<String> HAS = Set.of("link", "media", "tag");
    private static final Pattern LANGUAGE = Pattern.compile("[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*");
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\d]([\\p{L}\\d.-]*[\\p{L}\\d])?");
    /** Within these only values stand, and what joins them. */
    private static final Set<WatchQuery.Field> VALUES = Set.of(
            WatchQuery.Field.LANG,
            WatchQuery.Field.SOURCE,
            WatchQuery.Field.SITE,
            WatchQuery.Field.TO,
            WatchQuery.Field.IS,
            WatchQuery.Field.HAS);

    /** Where French has œ: cœur, œillet as in l’œillet, fœtus. */
    private static final Pattern LIGATURE = Pattern.compile("(?i)\\p{L}\\?(u|il)|f\\?tu");
    /** What loses its vowel before another. */
    private static final Pattern ELIDED =
            Pattern.compile("(?i)^(l|m|t|qu|n|s|j|d|c|jusqu|quoiqu|lorsqu|puisqu)\\?[aeiouyhàâäéèêëîïôöùûü]");

    private final String text;
    private final QueryParser.Parsed parsed;
    private final Analysis analysis;
    private final WordLists lists;
    private final boolean anchored;
    private final List<Finding> findings;

    /** @param anchored whether something has to be there */
    Lint(String text, QueryParser.Parsed parsed, Analysis analysis, WordLists lists, boolean anchored) {
        this.text = text;
        this.parsed = parsed;
        this.analysis = analysis;
        this.lists = lists;
        this.anchored = anchored;
        this.findings = new ArrayList<>();
    }

    List<Finding> findings() {
        clause(parsed.query(), null);
        if (anchored && findings.stream().noneMatch(Finding::error)) {
            anchors(parsed.query());
        }
        capitals();
        return findings;
    }

    private void say(boolean error, WatchQuery at, String code, Object... pairs) {
        int[] place = parsed.places().getOrDefault(at, new int[] {0, text.length()});
        findings.add(
                new Finding(error, place[0], place[1], QueryRefusal.message(text, place[0], place[1], code, pairs)));
    }

    private void capitals() {
        boolean letters = text.chars().filter(Character::isUpperCase).count() > 4;
        if (letters && text.chars().noneMatch(Character::isLowerCase)) {
            findings.add(new Finding(
                    false, 0, text.length(), QueryRefusal.message(text, 0, text.length(), "watch.capitals")));
        }
    }

    private void clause(WatchQuery query, WatchQuery.@Nullable Field field) {
        switch (query) {
            case WatchQuery.Or or -> or.of().forEach(one -> clause(one, field));
            case WatchQuery.And and -> and.of().forEach(one -> clause(one, field));
            case WatchQuery.Not not -> clause(not.of(), field);
            case WatchQuery.Near near -> near(near, field);
            case WatchQuery.Some some -> some.of().forEach(one -> clause(one, field));
            case WatchQuery.Word word -> word(word, field);
            case WatchQuery.Phrase phrase -> phrase(phrase, field);
            case WatchQuery.Tag tag -> tag(tag, field);
            case WatchQuery.Handle handle -> {
                if (field != null && field != WatchQuery.Field.FROM && field != WatchQuery.Field.TO) {
                    say(true, handle, "watch.field.inside", "field", name(field));
                }
            }
            case WatchQuery.Scoped scoped -> {
                if (field != null) {
                    say(true, scoped, "watch.field.nested", "field", name(field));
                } else {
                    clause(scoped.of(), scoped.field());
                }
            }
            case WatchQuery.Count count -> inside(count, field);
            case WatchQuery.Listed listed -> listed(listed, field);
        }
    }

    private static String name(WatchQuery.Field field) {
        return field.name().toLowerCase(java.util.Locale.ROOT);
    }

    private void inside(WatchQuery query, WatchQuery.@Nullable Field field) {
        if (field != null) {
            say(true, query, "watch.field.inside", "field", name(field));
        }
    }

    private void near(WatchQuery.Near near, WatchQuery.@Nullable Field field) {
        if (field != null && (VALUES.contains(field) || field == WatchQuery.Field.FROM)) {
            say(true, near, "watch.field.inside", "field", name(field));
            return;
        }
        side(near.left());
        side(near.right());
        clause(near.left(), field);
        clause(near.right(), field);
    }

    private void side(WatchQuery side) {
        switch (side) {
            case WatchQuery.Or or -> or.of().forEach(this::side);
            case WatchQuery.Phrase phrase -> {
                if (phrase.slop() > 0) {
                    say(true, phrase, "watch.near.loose");
                }
            }
            case WatchQuery.Word _, WatchQuery.Tag _, WatchQuery.Handle _, WatchQuery.Listed _ -> {}
            case WatchQuery.And _,
                    WatchQuery.Not _,
                    WatchQuery.Near _,
                    WatchQuery.Some _,
                    WatchQuery.Scoped _,
                    WatchQuery.Count _ -> say(true, side, "watch.near.side");
        }
    }

    private void word(WatchQuery.Word word, WatchQuery.@Nullable Field field) {
        if (field != null && VALUES.contains(field)) {
            value(word, field, word.how() == WatchQuery.How.PLAIN, word.text());
            return;
        }
        if (word.how() == WatchQuery.How.PATTERN) {
            pattern(word);
            return;
        }
        QueryWord looked =
                field == WatchQuery.Field.URL ? analysis.addressWord(word.text()) : analysis.word(word.text());
        if (looked.path().isEmpty()) {
            say(true, word, "watch.word.empty");
        } else if (word.how() == WatchQuery.How.BEGINNING && isShort(analysis.beginning(word.text()))) {
            say(true, word, "watch.wildcard.short", "limit", QueryLimits.LITERALS);
        } else if (word.how() == WatchQuery.How.PLAIN && Acronyms.is(word.text())) {
            say(false, word, "watch.acronym");
        }
    }

    /** A question mark is one letter: œ and æ are two, and an apostrophe is none. */
    private void pattern(WatchQuery.Word word) {
        if (LIGATURE.matcher(word.text()).find() || ELIDED.matcher(word.text()).find()) {
            say(false, word, "watch.wildcard.letter");
        }
    }

    /** An article that is taken off does not count: {@code l'éc*} begins with two letters. */
    static boolean isShort(QueryWord beginning) {
        return beginning.path().isEmpty()
                || (beginning.path().size() == 1
                        && beginning.path().getFirst().form().length() < QueryLimits.LITERALS);
    }

    static boolean isShort(WatchQuery.Tag tag, Analysis analysis) {
        return tag.beginning() && analysis.tag(tag.tag()).length() < QueryLimits.LITERALS;
    }

    private void value(WatchQuery at, WatchQuery.Field field, boolean plain, String value) {
        boolean known = switch (field) {
            case LANG -> LANGUAGE.matcher(value).matches();
            case IS -> IS.contains(value);
            case HAS -> HAS.contains(value);
            case SITE -> HOST.matcher(analysis.host(value)).matches();
            case SOURCE, URL, FROM, TO, TITLE -> true;
        };
        if (!plain) {
            say(true, at, "watch.field.inside", "field", name(field));
        } else if (!known) {
            switch (field) {
                case LANG -> say(true, at, "watch.lang");
                case IS -> say(true, at, "watch.is");
                case HAS -> say(true, at, "watch.has");
                default -> say(true, at, "watch.site");
            }
        }
    }

    private void phrase(WatchQuery.Phrase phrase, WatchQuery.@Nullable Field field) {
        if (field != null && VALUES.contains(field)) {
            value(phrase, field, field == WatchQuery.Field.SOURCE, phrase.text());
            return;
        }
        if (field == WatchQuery.Field.URL) {
            if (analysis.addressWord(phrase.text()).path().isEmpty()) {
                say(true, phrase, "watch.phrase.empty");
            }
            return;
        }
        List<QueryWord> words = PhraseWords.of(phrase.text(), analysis);
        if (words.isEmpty()) {
            say(true, phrase, "watch.phrase.empty");
        }
        if (!analysis.text(phrase.text()).addresses().isEmpty()) {
            say(true, phrase, "watch.phrase.link");
        }
        if (phrase.slop() > 0 && words.size() > QueryLimits.LOOSE_WORDS) {
            say(true, phrase, "watch.loose.long", "limit", QueryLimits.LOOSE_WORDS);
        }
    }

    private void tag(WatchQuery.Tag tag, WatchQuery.@Nullable Field field) {
        if (field != null && field != WatchQuery.Field.TITLE) {
            say(true, tag, "watch.field.inside", "field", name(field));
        } else if (isShort(tag, analysis)) {
            say(true, tag, "watch.wildcard.short", "limit", QueryLimits.LITERALS);
        } else if (analysis.tag(tag.tag()).isEmpty()) {
            say(true, tag, "watch.word.empty");
        }
    }

    private void listed(WatchQuery.Listed listed, WatchQuery.@Nullable Field field) {
        WordList list = lists.find(listed.name());
        if (list == null) {
            say(true, listed, "watch.list.unknown", "name", listed.name());
            return;
        }
        if (list.entries().isEmpty() || list.entries().size() > QueryLimits.LIST_ENTRIES) {
            say(true, listed, "watch.list.size", "name", listed.name(), "limit", QueryLimits.LIST_ENTRIES);
            return;
        }
        for (String entry : list.entries()) {
            if (ListEntries.read(entry, analysis) == null) {
                say(true, listed, "watch.list.entry", "name", listed.name(), "entry", entry);
                return;
            }
        }
        inside(listed, field == WatchQuery.Field.TITLE ? null : field);
    }

    /** Says where nothing has to be there: such a branch would be looked at for every item, and match most. */
    private void anchors(WatchQuery query) {
        if (Anchored.is(query)) {
            return;
        }
        if (query instanceof WatchQuery.Or or) {
            or.of().stream().filter(one -> !Anchored.is(one)).forEach(one -> say(true, one, "watch.branch.unanchored"));
        } else if (Anchored.isNegative(query)) {
            say(true, query, "watch.negative");
        } else {
            say(true, query, "watch.unanchored");
        }
    }
}
