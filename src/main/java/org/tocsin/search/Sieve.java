package org.tocsin.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.analysis.Analysis;
import org.tocsin.base.BranchId;
import org.tocsin.base.UnitOfWork;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.watch.Heard;
import org.tocsin.watch.Plan;
import org.tocsin.watch.keeping.Items;
import org.tocsin.watch.keeping.StoryNames;
import org.tocsin.watch.keeping.WatchHit;
import org.tocsin.watch.keeping.WatchHitRepository;

/** Verifies candidates against the log as it is now, by the very plan that rings: what passes is what a watch would match. */
final class Sieve {
    private static final Logger log = LoggerFactory.getLogger(Sieve.class);

    private final UnitOfWork unitOfWork;
    private final MentionRepository mentions;
    private final SourceRepository sources;
    private final WatchHitRepository hits;
    private final Analysis analysis;

    Sieve(
            UnitOfWork unitOfWork,
            MentionRepository mentions,
            SourceRepository sources,
            WatchHitRepository hits,
            Analysis analysis) {
        this.unitOfWork = unitOfWork;
        this.mentions = mentions;
        this.sources = sources;
        this.hits = hits;
        this.analysis = analysis;
    }

    /**
     * What must hold.
     *
     * @param words  null where none were given
     * @param bounds beside them; null for none
     */
    record Rules(
            BranchId branch,
            Wanted wanted,
            @Nullable Plan words,
            @Nullable Plan bounds) {}

    /** @return those that pass, by id; {@code networks} learns the networks of their sources */
    Map<String, Found> pass(Rules rules, List<String> ids, Map<String, String> networks) {
        return unitOfWork.read(tx -> {
            Map<String, List<WatchHit>> watches = new HashMap<>();
            hits.of(tx, ids)
                    .forEach(hit -> watches.computeIfAbsent(hit.mentionId(), one -> new ArrayList<>())
                            .add(hit));
            Map<String, Found> passed = new HashMap<>();
            for (Mention mention : mentions.found(tx, rules.branch(), ids)) {
                String network = networks.computeIfAbsent(
                        mention.sourceId(),
                        id -> sources.find(tx, id).map(Source::network).orElse(""));
                List<WatchHit> matched = watches.getOrDefault(mention.id(), List.of());
                Heard heard = heard(mention, network);
                if (heard != null && passes(rules, mention, heard, matched)) {
                    Plan words = rules.words();
                    passed.put(
                            mention.id(),
                            new Found(
                                    mention,
                                    words == null ? List.of() : words.hits(heard),
                                    matched,
                                    StoryNames.of(mention.heard(), heard)));
                }
            }
            return passed;
        });
    }

    /** @return null where it cannot be read: who reads the log has said so of it */
    private @Nullable Heard heard(Mention mention, String network) {
        try {
            return Heard.of(Items.of(mention, network), analysis);
        } catch (RuntimeException | StackOverflowError e) {
            log.atDebug().setCause(e).addKeyValue("mention", mention.id()).log("a mention cannot be read");
            return null;
        }
    }

    private static boolean passes(Rules rules, Mention mention, Heard heard, List<WatchHit> matched) {
        Wanted wanted = rules.wanted();
        Plan words = rules.words();
        Plan bounds = rules.bounds();
        return (wanted.kind() == null || mention.heard().kind() == wanted.kind())
                && (wanted.from() == null || !mention.at().isBefore(wanted.from()))
                && (wanted.to() == null || mention.at().isBefore(wanted.to()))
                && (wanted.watch() == null
                        || matched.stream().anyMatch(hit -> hit.watchId().equals(wanted.watch())))
                && (bounds == null || bounds.matches(heard))
                && (words == null || words.matches(heard));
    }
}
