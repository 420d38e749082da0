package org.tocsin.watch;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tocsin.base.Message;
import org.tocsin.base.Messages;

/** Tells a watch in plain French or English, as it was understood. */
public final class Plain {
    private final Messages messages;
    private final Locale locale;

    public Plain(Messages messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
    }

    /** @return one sentence without its full stop */
    public String text(WatchQuery query) {
        return say(Message.of("watch.plain", "clause", clause(query, false)));
    }

    private String say(Message message) {
        return messages.text(message, locale);
    }

    private String clause(WatchQuery query, boolean inner) {
        return switch (query) {
            case WatchQuery.Or or -> group(or(or.of()), inner);
            case WatchQuery.And and -> group(and(and.of()), inner);
            case WatchQuery.Not not -> say(Message.of("watch.plain.not", "clause", clause(not.of(), true)));
            case WatchQuery.Near near -> near(near);
            case WatchQuery.Some some ->
                say(Message.of(
                        "watch.plain.some",
                        "number",
                        some.least(),
                        "clauses",
                        some.of().stream().map(one -> clause(one, true)).collect(Collectors.joining(", "))));
            case WatchQuery.Word word -> word(word);
            case WatchQuery.Phrase phrase -> phrase(phrase);
            case WatchQuery.Tag tag ->
                tag.beginning()
                        ? say(Message.of("watch.plain.tags", "tag", tag.tag()))
                        : say(Message.of("watch.plain.tag", "tag", tag.tag()));
            case WatchQuery.Handle handle -> say(Message.of("watch.plain.handle", "handle", handle.handle()));
            case WatchQuery.Scoped scoped -> scoped(scoped);
            case WatchQuery.Count count -> count(count);
            case WatchQuery.Listed listed -> say(Message.of("watch.plain.listed", "name", listed.name()));
        };
    }

    private String or(List<WatchQuery> of) {
        return of.stream()
                .map(one -> clause(one, true))
                .reduce((left, right) -> say(Message.of("watch.plain.or", "left", left, "right", right)))
                .orElse("");
    }

    private String and(List<WatchQuery> of) {
        return of.stream()
                .map(one -> clause(one, true))
                .reduce((left, right) -> say(Message.of("watch.plain.and", "left", left, "right", right)))
                .orElse("");
    }

    private static String group(String clauses, boolean inner) {
        return inner ? "(" + clauses + ")" : clauses;
    }

    private String near(WatchQuery.Near near) {
        Object[] pairs = {
            "left", clause(near.left(), true), "right", clause(near.right(), true), "number", near.distance()
        };
        if (near.distance() == 0) {
            return near.ordered() ? say(beside("watch.plain.next", pairs)) : say(beside("watch.plain.beside", pairs));
        }
        return near.ordered() ? say(beside("watch.plain.before", pairs)) : say(beside("watch.plain.near", pairs));
    }

    private static Message beside(String code, Object... pairs) {
        return Message.of(code, pairs);
    }

    private String word(WatchQuery.Word word) {
        String text = word.text();
        return switch (word.how()) {
            case PLAIN ->
                Acronyms.is(text)
                        ? say(Message.of("watch.plain.acronym", "word", text))
                        : say(Message.of("watch.plain.word", "word", text));
            case BEGINNING -> say(Message.of("watch.plain.beginning", "word", text));
            case PATTERN -> say(Message.of("watch.plain.pattern", "word", text));
            case EXACT -> say(Message.of("watch.plain.exact", "word", text));
            case STEM -> say(Message.of("watch.plain.stem", "word", text));
        };
    }

    private String phrase(WatchQuery.Phrase phrase) {
        if (phrase.slop() > 0) {
            return say(Message.of("watch.plain.loose", "phrase", phrase.text(), "number", phrase.slop()));
        }
        return phrase.exact()
                ? say(Message.of("watch.plain.phrase.exact", "phrase", phrase.text()))
                : say(Message.of("watch.plain.phrase", "phrase", phrase.text()));
    }

    private String scoped(WatchQuery.Scoped scoped) {
        Object[] pairs = {"clause", value(scoped)};
        return say(
                switch (scoped.field()) {
                    case LANG -> Message.of("watch.plain.lang", pairs);
                    case SOURCE -> Message.of("watch.plain.source", pairs);
                    case SITE -> Message.of("watch.plain.site", pairs);
                    case URL -> Message.of("watch.plain.url", pairs);
                    case FROM -> Message.of("watch.plain.from", pairs);
                    case TO -> Message.of("watch.plain.to", pairs);
                    case TITLE -> Message.of("watch.plain.title", pairs);
                    case IS -> Message.of("watch.plain.is", pairs);
                    case HAS -> Message.of("watch.plain.has", pairs);
                });
    }

    /** Within a field a bare word is a value, and is not called a word. */
    private String value(WatchQuery.Scoped scoped) {
        boolean text = scoped.field() == WatchQuery.Field.TITLE || scoped.field() == WatchQuery.Field.URL;
        return text ? clause(scoped.of(), true) : Canonical.print(scoped.of());
    }

    private String count(WatchQuery.Count count) {
        Object[] pairs = {"metric", count.metric(), "from", count.from(), "to", count.to()};
        if (count.to() == Long.MAX_VALUE) {
            return say(beside("watch.plain.least", pairs));
        }
        return count.from() == 0 ? say(beside("watch.plain.most", pairs)) : say(beside("watch.plain.between", pairs));
    }
}
