package org.tocsin.watch.keeping;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.base.Message;
import org.tocsin.base.Tx;
import org.tocsin.mention.HeardItem;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.PlainText;
import org.tocsin.watch.Match;

/** Writes down what a batch of the log has hit, and rings for what is news. */
final class Raising {
    private static final int EXCERPT = 280;

    private final MentionRepository mentions;
    private final WatchRepository watches;
    private final WatchHitRepository hits;
    private final Stories stories;
    private final Bell bell;
    private final Clock clock;

    Raising(
            MentionRepository mentions,
            WatchRepository watches,
            WatchHitRepository hits,
            Stories stories,
            Bell bell,
            Clock clock) {
        this.mentions = mentions;
        this.watches = watches;
        this.hits = hits;
        this.stories = stories;
        this.bell = bell;
        this.clock = clock;
    }

    /** A mention with what it matched. */
    record Rung(Mention mention, Stories.Known known, List<Match> matches) {}

    /**
     * @param rung   in the order of the log
     * @param before the ids of the watches that had matched each mention, by its id, and whether that was history
     */
    void raise(Tx tx, List<Rung> rung, Map<String, Map<String, Boolean>> before) {
        // Erased, deleted or edited since the batch was read: its row follows in the log, and no word of before may be
        // told.
        Set<String> unchanged =
                mentions.unchanged(tx, rung.stream().map(Rung::mention).toList());
        Map<String, Optional<Watch>> read = new HashMap<>();
        for (Rung one : rung) {
            if (unchanged.contains(one.mention.id())) {
                raise(tx, one, matched(tx, one, read), before.getOrDefault(one.mention.id(), Map.of()));
            }
        }
    }

    private List<Watch> matched(Tx tx, Rung rung, Map<String, Optional<Watch>> read) {
        return rung.matches.stream()
                .map(Match::watchId)
                .distinct()
                .flatMap(id -> read.computeIfAbsent(id, absent -> watches.find(tx, absent)).stream())
                .filter(watch -> watch.enabled() && watch.branch().equals(rung.mention.branch()))
                .toList();
    }

    private void raise(Tx tx, Rung rung, List<Watch> matched, Map<String, Boolean> before) {
        if (matched.isEmpty()) {
            return;
        }
        Mention mention = rung.mention;
        Instant now = clock.instant();
        Map<String, Match> matches = new HashMap<>();
        rung.matches.forEach(match -> matches.put(match.watchId(), match));
        // What a watch had matched before rings and counts no second time.
        List<Watch> ringing = matched.stream()
                .filter(watch -> !before.containsKey(watch.id()))
                .filter(watch -> isNews(tx, mention, watch))
                .toList();
        Stories.Known known = rung.known;
        String story =
                stories.story(tx, mention, known, now.minus(Watching.STORY)).orElse(mention.id());
        hits.put(
                tx,
                matched.stream()
                        .map(watch -> new WatchHit(
                                watch.id(),
                                mention.id(),
                                mention.branch(),
                                story,
                                version(watch, matches.get(watch.id())),
                                before.getOrDefault(watch.id(), !ringing.contains(watch)),
                                mention.at()))
                        .toList(),
                mention.changeSeq());
        if (!ringing.isEmpty()) {
            // What is history keeps no story going.
            stories.told(tx, mention, known, story, now);
            ring(tx, mention, story, ringing, matches, now);
        }
    }

    /**
     * Words that an edit brings are said now, however old the mention is; but while the past of a watch is looked through, nobody can tell
     * whether it would have matched before the edit.
     */
    private boolean isNews(Tx tx, Mention mention, Watch watch) {
        boolean saidNow = !mention.history() && watch.sinceSeq() < mention.firstSeq();
        return saidNow || (mention.revision() > 1 && !hits.isRecalling(tx, watch.id()));
    }

    private static long version(Watch watch, @Nullable Match match) {
        return match == null ? watch.version() : match.version();
    }

    private void ring(
            Tx tx, Mention mention, String story, List<Watch> ringing, Map<String, Match> matches, Instant now) {
        for (Watch watch : ringing) {
            raise(tx, watch, matches.get(watch.id()), mention, story, now);
        }
    }

    private void raise(Tx tx, Watch watch, @Nullable Match match, Mention mention, String story, Instant now) {
        HeardItem heard = mention.heard();
        String said = heard.title() == null ? heard.text() : heard.title();
        bell.ring(
                tx,
                watch,
                new Bell.Rung(version(watch, match), mention.id(), story, 0, match == null ? List.of() : match.hits()),
                Message.of(
                        "watching.rung",
                        "watch",
                        watch.name(),
                        "text",
                        PlainText.cut(said.replaceAll("\\s+", " "), EXCERPT),
                        "url",
                        heard.url() == null ? "" : heard.url()),
                now);
    }
}
