package org.tocsin.watch.keeping;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tocsin.analysis.Token;
import org.tocsin.analysis.Tokens;
import org.tocsin.base.Tx;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.watch.Heard;
import org.tocsin.watch.WordCounts;

/**
 * Knows by what is the same, else by what is nearly the same, which story a mention tells. Only the first kind is looked
 * for in the database.
 */
final class Stories {
    /** A headline of a post is how it begins. */
    private static final int BEGINNING = 24;

    /** A story that goes on for longer is told again: who waits for the end of a story that renews itself each day would wait for ever. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final AlertRepository alerts;
    private final MentionRepository mentions;
    private final WordCounts counts;
    private final NearStories near;

    /** @param counts tells which words are rare in what is heard */
    Stories(AlertRepository alerts, MentionRepository mentions, WordCounts counts) {
        this.alerts = alerts;
        this.mentions = mentions;
        this.counts = counts;
        this.near = new NearStories(alerts);
    }

    /** Reads which stories were told before this start. */
    void recall(Tx tx) {
        near.recall(tx);
    }

    /**
     * By what a mention is known.
     *
     * @param names    what has one of them is the same
     * @param standing the one of them that is its own address; null for none
     * @param traits   by which what is nearly the same is found
     */
    record Known(List<String> names, @Nullable String standing, Traits traits) {
        Known {
            names = List.copyOf(names);
        }
    }

    Known known(Mention mention, Heard words) {
        List<String> names = new ArrayList<>(StoryNames.of(mention.heard(), words));
        names.add("mention:" + mention.id());
        List<String> title = forms(words.title());
        List<String> text = forms(words.text());
        List<String> said = Stream.concat(title.stream(), text.stream()).toList();
        Headline headline = Headline.of(
                title.isEmpty() ? text.subList(0, Math.min(BEGINNING, text.size())) : title,
                counts::share,
                counts.rare());
        return new Known(names, StoryNames.standing(mention.heard()), new Traits(Likeness.of(said), headline));
    }

    /** @return the story that was told since then */
    Optional<String> story(Tx tx, Mention mention, Known known, Instant since) {
        List<String> own = known.standing() == null ? List.of() : List.of(known.standing());
        List<String> others =
                known.names().stream().filter(name -> !own.contains(name)).toList();
        return alerts.story(tx, mention.branch(), others, since)
                .or(() -> own.isEmpty()
                        ? Optional.empty()
                        : alerts.story(tx, mention.branch(), own, since).filter(story -> !shares(tx, mention, story)))
                .or(() -> near.find(tx, mention.branch(), known.traits(), since))
                .filter(story -> !isOld(tx, mention, story));
    }

    /** An address at which one source has said several things is a page of news, and no story. */
    private boolean shares(Tx tx, Mention mention, String story) {
        return first(tx, mention, story)
                .filter(one ->
                        one.sourceId().equals(mention.sourceId()) && !one.id().equals(mention.id()))
                .isPresent();
    }

    private boolean isOld(Tx tx, Mention mention, String story) {
        return first(tx, mention, story)
                .filter(one -> one.heardAt().plus(LONGEST).isBefore(mention.heardAt()))
                .isPresent();
    }

    /** @return the mention after which a story is named */
    private Optional<Mention> first(Tx tx, Mention mention, String story) {
        return mentions.find(tx, mention.branch(), story);
    }

    /** Says that a story was told again. */
    void told(Tx tx, Mention mention, Known known, String story, Instant now) {
        alerts.told(tx, mention.branch(), known.names(), story, now);
        near.told(tx, mention.branch(), known.traits(), story, now);
    }

    /** One form for each place: what was written, without the forms that stand beside it. */
    private static List<String> forms(Tokens tokens) {
        List<String> forms = new ArrayList<>();
        int reached = 0;
        for (Token token : tokens.tokens()) {
            if (token.kind() == Token.Kind.WORD && token.position() >= reached && !token.is(Token.GLUED)) {
                forms.add(token.form());
                reached = token.next();
            }
        }
        return forms;
    }
}
