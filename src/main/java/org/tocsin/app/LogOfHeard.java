package org.tocsin.app;

import java.util.Optional;
import org.tocsin.base.BranchId;
import org.tocsin.base.Tx;
import org.tocsin.mention.Mention;
import org.tocsin.mention.MentionRepository;
import org.tocsin.mention.Source;
import org.tocsin.mention.SourceRepository;
import org.tocsin.publishing.HeardPosts;

/** The log of what was heard, for those who answer. */
final class LogOfHeard implements HeardPosts {
    /** Types of sources that give what names the account of their channel: {@code x.mentions} and the like. */
    private static final String NAMING = ".mentions";

    private final MentionRepository mentions;
    private final SourceRepository sources;

    LogOfHeard(MentionRepository mentions, SourceRepository sources) {
        this.mentions = mentions;
        this.sources = sources;
    }

    @Override
    public Optional<Heard> find(Tx tx, BranchId branch, String mentionId) {
        return mentions.find(tx, branch, mentionId)
                .filter(mention -> mention.deletedAt() == null)
                .flatMap(mention -> sources.find(tx, branch, mention.sourceId()).map(source -> heard(mention, source)));
    }

    private static Heard heard(Mention mention, Source source) {
        return new Heard(
                source.network(),
                mention.heard().nativeId(),
                mention.heard().url(),
                source.channelId(),
                source.type().endsWith(NAMING),
                mention.heard().mentioned());
    }
}
